import type { IneligibleReason, ProblemCode, RefusalReason } from '../../contract/problems.ts'

/** Why a request is not fulfilled, as it is told to the caller. Becomes RFC 9457 problem details. */
export type Refusal = {
  readonly code: ProblemCode
  readonly retryAfterSeconds?: number
  readonly attemptsLeft?: number
  readonly ineligible?: IneligibleReason
  readonly refused?: readonly RefusalReason[]
  readonly fields?: readonly string[]
}
