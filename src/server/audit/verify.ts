import { err, ok, type Result } from '../../contract/result.ts'
import type { AuditVerifier } from '../../sealing/audit-signature.ts'
import { type AuditHead, genesisHash } from './chain.ts'
import { type Checkpoint, checkSignature } from './checkpoint.ts'
import type { CheckpointLine } from './checkpoint-file.ts'
import type { AuditReader } from './reader.ts'
import { type AuditFault, walk } from './walk.ts'

export type AuditSummary = {
  readonly entries: number
  readonly head: AuditHead
  /** How many checkpoints the log was compared with. */
  readonly checkpoints: number
  /** The newest of them. What came after it could have been cut off without a trace. */
  readonly covered: { readonly seq: number; readonly at: number } | null
}

/** Checkpoints from outside the database, oldest first, and the keys that the auditor trusts. */
export type Evidence = {
  readonly checkpoints: AsyncIterable<CheckpointLine> | Iterable<CheckpointLine>
  readonly verifiers: readonly AuditVerifier[]
}

/**
 * Checks the whole log: every link, then the end, and each checkpoint on the way. Without evidence
 * from outside, a log that somebody rewrote from one entry to the end looks sound.
 *
 * @returns the first fault in the order of the log
 */
export async function verifyAudit(
  reader: AuditReader,
  evidence: Evidence = { checkpoints: [], verifiers: [] },
): Promise<Result<AuditSummary, AuditFault>> {
  const compare = comparison(evidence)
  let head: AuditHead = { seq: 0, hash: genesisHash }
  const first = await compare.with([head])
  if (first !== null) return err(first)
  const batches = walk(reader, head)
  for (;;) {
    const { value, done } = await batches.next()
    if (done) {
      const fault = value ?? (await compare.rest(head))
      if (fault !== null) return err(fault)
      const { seq, hash } = head
      return ok({ entries: seq, head: { seq, hash }, ...compare.result() })
    }
    const fault = await compare.with(value)
    if (fault !== null) return err(fault)
    head = value.at(-1) ?? head
  }
}

/** Walks through the checkpoints in step with the log. */
function comparison({ checkpoints, verifiers }: Evidence) {
  const lines = stepwise(checkpoints)
  let next: { line: number; checkpoint: Checkpoint } | null = null
  let covered: AuditSummary['covered'] = null
  let count = 0

  /** Takes the next line, once the one before it is settled. */
  async function advance(): Promise<AuditFault | null> {
    if (next !== null) return null
    const { value, done } = await lines.next()
    if (done) return null
    const { line, checkpoint } = value
    const seq = covered?.seq ?? 0
    if (checkpoint === null) return untrusted(line, seq, 'is not a checkpoint')
    const fault = checkSignature(checkpoint, verifiers)
    if (fault === 'unknown_key') return untrusted(line, seq, 'was signed by an unknown key')
    if (fault !== null) return untrusted(line, seq, 'does not bear a valid signature')
    if (checkpoint.seq < seq) return wentBack(line, checkpoint, seq)
    next = { line, checkpoint }
    return null
  }

  return {
    /** Compares with the checkpoints that fall on these entries, which follow one another. */
    async with(entries: readonly AuditHead[]): Promise<AuditFault | null> {
      const from = entries[0]?.seq ?? 0
      for (;;) {
        const fault = await advance()
        if (fault !== null) return fault
        const entry = next === null ? undefined : entries[next.checkpoint.seq - from]
        if (next === null || entry === undefined) return null
        const { checkpoint } = next
        if (checkpoint.hash !== entry.hash) return rewritten(checkpoint)
        covered = { seq: checkpoint.seq, at: checkpoint.at }
        count += 1
        next = null
      }
    },
    /** After the end of the log: a checkpoint that is left speaks of entries that are gone. */
    async rest(head: AuditHead): Promise<AuditFault | null> {
      const fault = await advance()
      if (fault !== null || next === null) return fault
      return cutOff(head, next.checkpoint)
    },
    result: () => ({ checkpoints: count, covered }),
  }
}

function stepwise(lines: Evidence['checkpoints']): AsyncIterator<CheckpointLine, undefined> {
  return (async function* () {
    yield* lines
    return undefined
  })()
}

function untrusted(line: number, seq: number, why: string): AuditFault {
  return { code: 'checkpoint', seq, detail: `Line ${line} of the checkpoints ${why}.` }
}

function wentBack(line: number, checkpoint: Checkpoint, seq: number): AuditFault {
  return {
    code: 'rewritten',
    seq: checkpoint.seq,
    detail: `Line ${line} of the checkpoints goes back from entry ${seq} to ${checkpoint.seq}: an older backup was restored on ${day(checkpoint.at)} or before.`,
  }
}

function rewritten({ seq, at }: Checkpoint): AuditFault {
  return {
    code: 'rewritten',
    seq,
    detail: `Entry ${seq} is not the one that was signed on ${day(at)}: the log was rewritten at or before it, or two servers wrote to different copies.`,
  }
}

/** Also says so when a server finds its log shorter than what it signed. */
export function cutOff(head: AuditHead, { seq, at }: Checkpoint): AuditFault {
  return {
    code: 'cut',
    seq: head.seq + 1,
    detail: `The log ends at entry ${head.seq}, but entry ${seq} was signed on ${day(at)}: the end was cut off, or an older backup was restored.`,
  }
}

function day(at: number): string {
  return new Date(at).toISOString()
}
