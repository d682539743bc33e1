import type { Proof } from '../../../contract/methods.ts'
import type { ServerDependencies } from '../dependencies.ts'
import type { ChallengeRecord } from '../ports/challenges.ts'
import type { MethodRecord } from '../ports/methods.ts'
import type { Decoy } from '../ports/secrets.ts'
import type { StoreTransaction } from '../ports/store.ts'
import type { MethodOwner } from '../record-method-change.ts'

/** Kinds that are proven by showing something. */
export type ShownKind = Proof['kind']
export type ProofOf<Kind extends ShownKind> = Extract<Proof, { kind: Kind }>

/** What somebody is compared with, in a recovery, a session or an enrolment. */
export type Evidence = {
  /** Whose proof it is to be; null for a stranger. */
  readonly owner: MethodOwner | null
  /** The methods of this kind that may prove something here. None for a stranger. */
  readonly methods: readonly MethodRecord[]
  /** What was sent or asked for this proof, while it still counts. */
  readonly challenge: ChallengeRecord | null
  /** Whether there was anybody for `challenge` to be sent to: a stranger's goes nowhere. */
  readonly wasReceived: boolean
  /** What stands in where nothing is on file, so that a stranger costs what an employee costs (P6). */
  readonly decoy: Decoy
}

/** What was right, and is still to be spent. */
export type Match = {
  /**
   * One conditional write that decides who was first.
   *
   * @param now - milliseconds since the epoch
   * @returns false when it was spent before: then the proof is as good as a wrong one
   */
  readonly spend: (tx: StoreTransaction, now: number) => Promise<boolean>
}

export type VerifierParts = Pick<
  ServerDependencies,
  'log' | 'outbox' | 'secrets' | 'store' | 'totp' | 'webAuthn'
>

/**
 * Compares what was shown with what is on file, and spends nothing. Where nothing is on file it compares
 * with a decoy of the same cost; a hit on the decoy is a miss.
 */
export type Verifier<Kind extends ShownKind> = (
  deps: VerifierParts,
  evidence: Evidence,
  proof: ProofOf<Kind>,
  now: number,
) => Promise<Match | null>
