import { type AuditEntry, type AuditHead, entryHash } from './chain.ts'
import type { AuditReader } from './reader.ts'

/**
 * What can be wrong with a log:
 * - `altered`: an entry, or its place, is not what was recorded: edited, moved, inserted or replaced.
 * - `missing`: an entry between two others is gone.
 * - `cut`: entries at the end are gone: cut off, or an older backup was restored.
 * - `rewritten`: it fits together, but is not what was signed: rewritten, or a second writer.
 * - `checkpoint`: a checkpoint itself is not to be trusted.
 */
export type AuditFaultCode = 'altered' | 'missing' | 'cut' | 'rewritten' | 'checkpoint'

/** The first thing that is wrong with a log, and where. */
export type AuditFault = {
  readonly code: AuditFaultCode
  readonly seq: number
  /** A sentence for the auditor. */
  readonly detail: string
}

const batchSize = 1000

/**
 * Reads the log after `from` and checks every link. Gives the entries that hold in batches, and
 * returns the first fault, or null when the log holds up to its head.
 */
export async function* walk(
  reader: AuditReader,
  from: AuditHead,
): AsyncGenerator<readonly AuditEntry[], AuditFault | null> {
  let last = from
  for (;;) {
    const { entries, head } = await reader.read(last.seq, batchSize)
    const { sound, fault } = checkLinks(last, entries)
    if (sound.length > 0) yield sound
    if (fault !== null) return fault
    last = sound.at(-1) ?? last
    if (entries.length < batchSize) return checkHead(last, head)
  }
}

function checkLinks(
  from: AuditHead,
  entries: readonly AuditEntry[],
): { sound: readonly AuditEntry[]; fault: AuditFault | null } {
  let last = from
  for (const [index, entry] of entries.entries()) {
    const fault = checkLink(last, entry)
    if (fault !== null) return { sound: entries.slice(0, index), fault }
    last = entry
  }
  return { sound: entries, fault: null }
}

function checkLink(last: AuditHead, { seq, body, hash }: AuditEntry): AuditFault | null {
  const expected = last.seq + 1
  if (seq !== expected) {
    return {
      code: 'missing',
      seq: expected,
      detail: `Entry ${expected} is missing; ${seq} comes next.`,
    }
  }
  // The hash covers the body up to its closing brace, so that has to be there.
  if (body.endsWith('}') && entryHash(last.hash, seq, body) === hash) return null
  return {
    code: 'altered',
    seq,
    detail: `Entry ${seq} does not follow from the one before it: one of them was edited, moved or inserted.`,
  }
}

function checkHead(last: AuditHead, head: AuditHead): AuditFault | null {
  if (head.seq > last.seq) {
    return {
      code: 'cut',
      seq: last.seq + 1,
      detail: `The log ends at entry ${last.seq}, but ${head.seq} were written.`,
    }
  }
  if (head.seq === last.seq && head.hash === last.hash) return null
  return {
    code: 'altered',
    seq: head.seq,
    detail: `The log ends at entry ${last.seq}, but the store's own record of its end is another one (entry ${head.seq}).`,
  }
}
