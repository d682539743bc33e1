import type { PolicyDocument } from '../../../contract/policy.ts'
import type { Store } from '../ports/store.ts'

export type CurrentPolicy = {
  /** 0: none was ever applied, and what the configuration says holds. */
  readonly version: number
  readonly document: PolicyDocument
}

/** The policy that holds. To be asked outside of transactions: it makes one of its own. */
export interface Policies {
  /** May be a second or two old, so that many recoveries share one question to the store. */
  current(): Promise<CurrentPolicy>
  /** Asked anew: for what cannot be taken back. */
  latest(): Promise<CurrentPolicy>
}

/** Replicas see what another one has applied after this many milliseconds at the latest. */
const knownForMs = 2_000

/**
 * @param fallback - what holds while no version is stored
 * @param now - milliseconds since the epoch
 */
export function createPolicies(
  store: Pick<Store, 'transaction'>,
  fallback: PolicyDocument,
  now: () => number,
): Policies {
  // A version never changes, so the newest one is read in full only once.
  let known: CurrentPolicy = { version: 0, document: fallback }
  let asked: { readonly at: number; readonly answer: Promise<CurrentPolicy> } | null = null

  const latest = async () => {
    const before = known.version
    const newest = await store.transaction(async (tx) =>
      (await tx.policies.newestVersion()) === before ? null : tx.policies.newest(),
    )
    // Answers may overtake each other: an older one that comes late takes nothing back.
    if (newest !== null && newest.version > known.version) {
      known = { version: newest.version, document: newest.document }
    }
    return known
  }
  const current = () => {
    const at = now()
    if (asked !== null && at >= asked.at && at < asked.at + knownForMs) return asked.answer
    const question = { at, answer: latest() }
    asked = question
    // A failure is told to whoever asked, and kept for nobody else.
    question.answer.catch(() => {
      if (asked === question) asked = null
    })
    return question.answer
  }
  return { current, latest }
}
