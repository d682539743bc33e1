import { z } from 'zod'

/**
 * Every refusal the backend can answer with: a stable code, its HTTP status and an English title
 * for logs and tools. People read the translated sentence that the journey keeps for the code.
 */
export const problems = {
  invalid_request: { status: 400, title: 'The request is not valid.' },
  unauthorized: { status: 401, title: 'The token or its proof of possession is not accepted.' },
  clock_skew: { status: 401, title: 'The clock of this device differs too much from the server.' },
  sign_in_refused: { status: 401, title: 'The account name or the password is not accepted.' },
  password_must_change: { status: 401, title: 'The password has expired and must be changed.' },
  session_required: { status: 401, title: 'Sign in first.' },
  step_up_required: { status: 403, title: 'Confirm with a method that you have already set up.' },
  cross_origin: { status: 403, title: 'The request came from another origin.' },
  account_not_eligible: { status: 403, title: 'This account cannot be recovered by self-service.' },
  not_found: { status: 404, title: 'There is nothing here.' },
  wrong_state: { status: 409, title: 'This step is not possible now.' },
  write_in_progress: { status: 409, title: 'Another recovery of this account is writing.' },
  not_confirmed: { status: 409, title: 'The directory does not show the new password yet.' },
  already_enrolled: { status: 409, title: 'This method is set up already.' },
  recovery_expired: { status: 410, title: 'The recovery has expired.' },
  address_not_allowed: { status: 422, title: 'This mail address cannot be used for recovery.' },
  number_not_allowed: { status: 422, title: 'This phone number cannot be used for recovery.' },
  authenticator_not_allowed: {
    status: 422,
    title: 'The organisation does not allow this model of authenticator.',
  },
  proof_refused: { status: 422, title: 'The proof is not accepted.' },
  password_refused: { status: 422, title: 'The directory refused the new password.' },
  recovery_locked: { status: 423, title: 'Too many failed proofs in this recovery.' },
  too_many_attempts: { status: 429, title: 'Too many attempts. Wait before the next one.' },
  too_many_codes: { status: 429, title: 'Too many codes were sent. Wait before the next one.' },
  rate_limited: { status: 429, title: 'Too many requests from this address.' },
  internal: { status: 500, title: 'Something went wrong on the server.' },
  directory_refused: { status: 502, title: 'The directory refused the operation.' },
  directory_unavailable: { status: 503, title: 'No domain controller answers.' },
  store_unavailable: {
    status: 503,
    title: 'The server cannot record what it does, so it goes no further.',
  },
  breached_list_unavailable: {
    status: 503,
    title: 'The list of leaked passwords cannot be read.',
  },
  overloaded: { status: 503, title: 'The server is busy. Try again shortly.' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]

/** Why an account may not recover itself. Told only to somebody who has already proven who they are. */
export const ineligibleReasons = [
  'disabled',
  'account_expired',
  'smartcard_required',
  'password_never_expires',
  'protected',
  'not_enabled',
  'purpose_not_allowed',
  'unknown_device',
  'not_here',
  'not_now',
  'policy_changed',
  'not_found',
] as const
export type IneligibleReason = (typeof ineligibleReasons)[number]

/**
 * Which rule a password broke, as far as it can be known. `banned_word` and `breached` are rules of our
 * own, which the directory knows nothing of: they are checked before anything is written.
 */
export const refusalReasons = [
  'too_short',
  'complexity',
  'history',
  'too_young',
  'contains_name',
  'banned_word',
  'breached',
  'unknown',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** RFC 9457 problem details, with our stable `code` and the few members that screens need. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  /** Quoted in the log next to the detail, so that helpdesk can find it. */
  requestId: z.string().optional(),
  /** Seconds until another try makes sense. */
  retryAfterSeconds: z.int().nonnegative().optional(),
  attemptsLeft: z.int().nonnegative().optional(),
  ineligible: z.enum(ineligibleReasons).optional(),
  refused: z.array(z.enum(refusalReasons)).optional(),
  /** The names of the members that are not valid. Never their values. */
  fields: z.array(z.string()).optional(),
})
export type Problem = z.infer<typeof Problem>
