import type { JourneyError, JourneyErrorCode } from '../../contract/journey-bridge.ts'

/**
 * What helps:
 * - `here`: the same screen, another try; what was typed stays.
 * - `again`: a screen of its own with "try again".
 * - `restart`: this recovery is over, a new one may work.
 * - `helpdesk`: nothing that can be done here.
 */
export type Remedy = 'here' | 'again' | 'restart' | 'helpdesk'

/** For every code. Codes that belong to the portal's own pages restart, should they ever come. */
export const remedies: Record<JourneyErrorCode, Remedy> = {
  invalid_request: 'here',
  unauthorized: 'restart',
  clock_skew: 'restart',
  sign_in_refused: 'restart',
  password_must_change: 'restart',
  session_required: 'restart',
  step_up_required: 'restart',
  cross_origin: 'restart',
  account_not_eligible: 'helpdesk',
  not_found: 'restart',
  wrong_state: 'restart',
  write_in_progress: 'again',
  not_confirmed: 'restart',
  already_enrolled: 'restart',
  recovery_expired: 'restart',
  address_not_allowed: 'restart',
  number_not_allowed: 'restart',
  authenticator_not_allowed: 'restart',
  proof_refused: 'here',
  password_refused: 'here',
  recovery_locked: 'restart',
  too_many_attempts: 'here',
  too_many_codes: 'here',
  rate_limited: 'here',
  internal: 'here',
  directory_refused: 'helpdesk',
  directory_unavailable: 'again',
  store_unavailable: 'again',
  breached_list_unavailable: 'again',
  overloaded: 'here',
  backend_unreachable: 'here',
  backend_untrusted: 'again',
  backend_unexpected: 'here',
  not_configured: 'helpdesk',
  rules_not_met: 'here',
  no_recovery: 'restart',
  denied_on_phone: 'restart',
}

/** What helps with an error; sometimes that depends on more than its code. */
export function remedyOf({ code, ineligible }: Pick<JourneyError, 'code' | 'ineligible'>): Remedy {
  // The account may: it takes another proof, in a recovery of its own.
  return ineligible === 'policy_changed' ? 'restart' : remedies[code]
}
