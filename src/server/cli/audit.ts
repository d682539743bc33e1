import { parseArgs } from 'node:util'
import { type AuditVerifier, auditSigner } from '../../sealing/audit-signature.ts'
import { readCheckpoints } from '../audit/checkpoint-file.ts'
import { type AuditSummary, verifyAudit } from '../audit/verify.ts'
import { auditVerifiers } from '../audit-keys.ts'
import type { ServerConfig } from '../config/load.ts'
import { currentMasterKey } from '../config/secrets.ts'
import { storeConfigFrom } from '../config/store.ts'
import { openStore } from '../store/open-store.ts'
import { checkFile, FileSentence, readAuditKey } from './audit-files.ts'
import { type Command, complain, configFor, type ExitCode, say, sentenceFor } from './terminal.ts'

const options = {
  config: { type: 'string' },
  checkpoint: { type: 'string' },
  key: { type: 'string', multiple: true },
} as const

/** Checks the audit log for edits, deletions, reordering, a cut end, and an old backup put back. */
export const audit: Command = {
  summary: 'verify the audit log, or print the key that its checkpoints are signed with',
  usage:
    'latchkey-server audit verify --config FILE [--checkpoint FILE] [--key PUBLIC_KEY.pem …]\n' +
    '       latchkey-server audit key --config FILE',
  async run(args): Promise<ExitCode> {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [verb] = positionals
    if (verb !== 'verify' && verb !== 'key') {
      complain(`Usage: ${audit.usage}`)
      return 2
    }
    const config = configFor(values.config)
    if (config === null) return 1
    if (verb === 'key') {
      say(auditSigner(currentMasterKey(config.secrets)).publicKeyPem.trimEnd())
      return 0
    }
    const file = values.checkpoint ?? config.file.audit.checkpointFile ?? null
    try {
      return await verify(config, file, verifiersFor(config, values.key ?? []))
    } catch (error) {
      complain(error instanceof FileSentence ? error.message : sentenceFor(error))
      return 1
    }
  },
}

/** Keys that the auditor brings along, else those of the master keys that are configured. */
function verifiersFor({ secrets }: ServerConfig, files: readonly string[]): AuditVerifier[] {
  return files.length > 0 ? files.map(readAuditKey) : auditVerifiers(secrets)
}

async function verify(
  config: ServerConfig,
  file: string | null,
  verifiers: readonly AuditVerifier[],
): Promise<ExitCode> {
  if (file !== null) checkFile('checkpoint', file)
  const store = await openStore(storeConfigFrom(config))
  try {
    const checkpoints = file === null ? [] : readCheckpoints(file)
    const verified = await verifyAudit(store.log, { checkpoints, verifiers })
    if (!verified.ok) {
      complain(`The audit log is NOT sound. ${verified.error.detail}`)
      return 1
    }
    say(describe(verified.value, file))
    return 0
  } finally {
    await store.close()
  }
}

function describe({ entries, checkpoints, covered }: AuditSummary, file: string | null): string {
  const sound = `The audit log is sound: ${entries} entries, each linked to the one before.`
  if (file === null) {
    return `${sound}\nWithout a checkpoint file, entries cut off at the end could not be noticed.`
  }
  if (covered === null) return `${sound}\nThe checkpoint file is empty so far.`
  const until = new Date(covered.at).toISOString()
  const agreeing = checkpoints === 1 ? '1 checkpoint agrees' : `${checkpoints} checkpoints agree`
  return `${sound}\n${agreeing} with it, up to entry ${covered.seq} (${until}).`
}
