import { err, ok, type Result } from '../../contract/result.ts'
import type { AuditSigner, AuditVerifier } from '../../sealing/audit-signature.ts'
import { type AuditHead, genesisHash } from './chain.ts'
import { type Checkpoint, checkSignature, signCheckpoint } from './checkpoint.ts'
import { appendCheckpoint, lastCheckpoint } from './checkpoint-file.ts'
import type { AuditReader } from './reader.ts'
import { cutOff } from './verify.ts'
import { type AuditFault, walk } from './walk.ts'

/**
 * Signs the log's head into the checkpoint file, unless nothing was added since the last time. What
 * was added is checked first, and so is the entry of the last checkpoint: a server does not put its
 * name under a log that was changed or set back.
 *
 * @param known - the keys whose checkpoints it goes on from: its own, and those of older master keys
 * @param now - milliseconds since the epoch
 * @returns the new checkpoint, null when there is nothing new, or what is wrong with the log
 */
export async function writeCheckpoint(
  reader: AuditReader,
  file: string,
  signer: AuditSigner,
  known: readonly AuditVerifier[],
  now: number,
): Promise<Result<Checkpoint | null, AuditFault>> {
  const last = await lastCheckpoint(file)
  const start = await startingPoint(reader, last, known)
  if (!start.ok) return start
  const batches = walk(reader, start.value)
  let head = start.value
  for (;;) {
    const { value, done } = await batches.next()
    if (!done) head = value.at(-1) ?? head
    else if (value !== null) return err(value)
    else break
  }
  if (head.seq === start.value.seq) return ok(null)
  const checkpoint = signCheckpoint(head, now, signer)
  await appendCheckpoint(file, checkpoint)
  return ok(checkpoint)
}

/** From where the log has not been signed yet. */
async function startingPoint(
  reader: AuditReader,
  last: Checkpoint | 'malformed' | null,
  known: readonly AuditVerifier[],
): Promise<Result<AuditHead, AuditFault>> {
  const genesis = { seq: 0, hash: genesisHash }
  if (last === null) return ok(genesis)
  if (last === 'malformed') return err(untrusted('is not a checkpoint'))
  const fault = checkSignature(last, known)
  if (fault === 'unknown_key') return err(untrusted(unknownKey))
  if (fault !== null) return err(untrusted('does not bear a valid signature'))
  const { entries, head } = await reader.read(last.seq - 1, 1)
  const [entry] = entries
  if (entry === undefined) return err(cutOff(head, last))
  if (entry.seq === last.seq && entry.hash === last.hash) return ok(entry)
  const detail = `Entry ${last.seq} is not the one that this server signed.`
  return err({ code: 'rewritten', seq: last.seq, detail })
}

/** One more line under another key, and no auditor could verify the file any more. */
const unknownKey =
  'was signed with a master key that is not configured: put it back into masterKeys, or, if it is ' +
  'gone for good, keep the file and name a new one in audit.checkpointFile'

function untrusted(why: string): AuditFault {
  return { code: 'checkpoint', seq: 0, detail: `The last line of the checkpoint file ${why}.` }
}
