import { auditSigner } from '../sealing/audit-signature.ts'
import { explainCheckpointError } from './audit/explain-checkpoint-error.ts'
import { keepCheckpoints } from './audit/keep-checkpoints.ts'
import { auditVerifiers } from './audit-keys.ts'
import { currentMasterKey } from './config/secrets.ts'
import { describeError } from './describe-error.ts'
import { sweep } from './features/sweep/sweep.ts'
import { deliverDue } from './notify/delivery.ts'
import type { OpenParts } from './open-parts.ts'
import { repeat } from './repeat.ts'

const sweepEveryMs = 3_000
const deliverEveryMs = 1_000
const checkpointEveryMs = 60_000

/** What runs beside the requests. `stop` lets what is under way come to its end. */
export type Background = { readonly stop: () => Promise<void> }

/** Starts the sweeper, the delivery of mail and the checkpoints of the audit log. */
export function startBackground(parts: OpenParts): Background {
  const { dependencies: deps, config, envelope, transport, sms, onOutbox } = parts
  const { log, store, now } = deps
  let lastPurge = 0
  const sweeper = repeat({
    ...{ name: 'sweep', every: sweepEveryMs, log },
    work: async () => {
      lastPurge = await sweep(deps, lastPurge)
      return false
    },
  })
  const delivery = repeat({
    ...{ name: 'mail_delivery', every: deliverEveryMs, log },
    work: async () => (await deliverDue({ store, envelope, transport, sms, log, now })) > 0,
  })
  onOutbox(delivery.wake)
  const { checkpointFile } = config.file.audit
  const checkpoints = checkpointFile === undefined ? null : startCheckpoints(parts, checkpointFile)
  return {
    async stop() {
      await Promise.all([sweeper.stop(), delivery.stop()])
      await sms.lane.settled()
      await checkpoints?.stop()
    },
  }
}

function startCheckpoints({ auditLog, config, dependencies }: OpenParts, file: string): Background {
  const { log, now } = dependencies
  const stop = keepCheckpoints({
    ...{ reader: auditLog, file, interval: checkpointEveryMs, now },
    signer: auditSigner(currentMasterKey(config.secrets)),
    known: auditVerifiers(config.secrets),
    onFault({ code, detail }) {
      const fields = { event: 'audit_fault', code, detail }
      log.error(fields, 'the audit log is not what this server has signed')
    },
    onError(error) {
      const known = explainCheckpointError(error, file)
      const detail = known === null ? describeError(error) : `${known.what}. ${known.wayOut}`
      log.error(
        { event: 'checkpoint_failed', detail },
        'a checkpoint could not be written; it is tried again',
      )
    },
  })
  return { stop }
}
