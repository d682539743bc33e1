import type { AuditSigner, AuditVerifier } from '../../sealing/audit-signature.ts'
import type { AuditReader } from './reader.ts'
import type { AuditFault } from './walk.ts'
import { writeCheckpoint } from './write-checkpoint.ts'

export type CheckpointKeeper = {
  readonly reader: AuditReader
  readonly file: string
  readonly signer: AuditSigner
  /** Of this signer and of older ones. */
  readonly known: readonly AuditVerifier[]
  /** Milliseconds between two checkpoints. */
  readonly interval: number
  readonly now: () => number
  /** The log is not what it was: somebody has to look. Told each time, until it is repaired. */
  readonly onFault: (fault: AuditFault) => void
  /** The file or the store cannot be used now; it is tried again. */
  readonly onError: (error: unknown) => void
}

/**
 * Writes checkpoints from now on.
 *
 * @returns writes a last one and stops
 */
export function keepCheckpoints(keeper: CheckpointKeeper): () => Promise<void> {
  let running = Promise.resolve()
  const write = async () => {
    const { reader, file, signer, known, now } = keeper
    try {
      const written = await writeCheckpoint(reader, file, signer, known, now())
      if (!written.ok) keeper.onFault(written.error)
    } catch (error) {
      keeper.onError(error)
    }
  }
  const next = () => {
    running = running.then(write)
    return running
  }
  // At once, so that a log that was tampered with while the server was down is found when it starts.
  void next()
  const timer = setInterval(next, keeper.interval)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await next()
  }
}
