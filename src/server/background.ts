import { auditSigner } from '../sealing/audit-signature.ts'
import { writeCheckpoint } from './audit/write-checkpoint.ts'
import { sweep } from './features/sweep/sweep.ts'
import { deliverDue } from './notify/delivery.ts'
import type { OpenParts } from './open-parts.ts'
import { repeat } from './repeat.ts'

const sweepEvery = 3_000
const deliverEvery = 1_000
const checkpointEvery = 60_000

/** What runs beside the requests. `stop` lets what is under way come to its end. */
export type Background = { readonly stop: () => Promise<void> }

/** Starts the sweeper, the delivery of mail and the checkpoints of the audit log. */
export function startBackground(parts: OpenParts): Background {
  const { dependencies: deps, config, envelope, transport, onOutbox } = parts
  const { log, store, now } = deps
  let lastPurge = 0
  const sweeper = repeat({
    ...{ name: 'sweep', every: sweepEvery, log },
    work: async () => {
      lastPurge = await sweep(deps, lastPurge)
      return false
    },
  })
  const delivery = repeat({
    ...{ name: 'mail_delivery', every: deliverEvery, log },
    work: async () => (await deliverDue({ store, envelope, transport, log, now })) > 0,
  })
  onOutbox(delivery.wake)
  const { checkpointFile } = config.file.audit
  const checkpoints = checkpointFile === undefined ? null : startCheckpoints(parts, checkpointFile)
  return {
    async stop() {
      await Promise.all([sweeper.stop(), delivery.stop()])
      await checkpoints?.stop()
    },
  }
}

function startCheckpoints({ auditLog, config, dependencies }: OpenParts, file: string): Background {
  const { log, now } = dependencies
  const { keys, currentKeyId } = config.secrets.masterKeys
  const signer = auditSigner(keys[currentKeyId] as Uint8Array)
  const sign = async () => {
    const written = await writeCheckpoint(auditLog, file, signer, now())
    if (!written.ok) {
      const { code, detail } = written.error
      log.error(
        { event: 'audit_fault', code, detail },
        'the audit log is not what was signed before',
      )
    }
    return false
  }
  const repeating = repeat({ name: 'checkpoint', every: checkpointEvery, log, work: sign })
  return {
    async stop() {
      await repeating.stop()
      await sign().catch(() => false)
    },
  }
}
