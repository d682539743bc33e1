import type { Proof } from './methods.ts'
import type { PasswordRules } from './password-rules.ts'
import type { IneligibleReason, ProblemCode, RefusalReason } from './problems.ts'
import type { ChallengeResponse, Purpose, RecoveryStatus } from './recovery.ts'
import type { Result } from './result.ts'

/**
 * What the walk-through needs from the world around it. The renderer's bridge speaks IPC to the main
 * process; a browser's bridge would speak HTTP. The journey knows neither.
 */
export interface JourneyBridge {
  settings(): Promise<JourneySettings>
  start(request: { account: string; purpose: Purpose }): Promise<JourneyResult<RecoveryView>>
  challenge(methodId: string): Promise<JourneyResult<ChallengeResponse>>
  verify(methodId: string, proof: Proof): Promise<JourneyResult<RecoveryView>>
  /** Waits for what a phone says to the number that `challenge` has shown, or for its time to pass. */
  watch(): Promise<JourneyResult<RecoveryView>>
  /** Finds out how the write can be done and which rules apply. Changes nothing. */
  prepare(): Promise<JourneyResult<Preparation>>
  /**
   * Whether a password is on the list of leaked ones. Its SHA-1 is compared on this side of the wire;
   * only five hexadecimal digits of it are sent. Not to be asked while somebody types.
   */
  checkLeaked(password: string): Promise<JourneyResult<LeakCheck>>
  /** Sets the new password. May be called again with another one after `password_refused`. */
  setPassword(newPassword: string): Promise<JourneyResult<Outcome>>
  unlock(): Promise<JourneyResult<Outcome>>
  /** Gives up the recovery, if there is one, and forgets everything about it. */
  abandon(): Promise<void>
  /** Closes the helper: back to the login screen. */
  leave(): Promise<void>
  /** @returns a function that stops listening */
  onProgress(listener: (step: ProgressStep) => void): () => void
}

export type JourneyResult<T> = Result<T, JourneyError>

/** What the screens show about a recovery: the backend's status without tokens and directory names. */
export type RecoveryView = Omit<RecoveryStatus, 'directory' | 'recoveryId'>

export type JourneySettings = {
  readonly organisation: string
  /** One line that says how to reach a person, e.g. "Helpdesk: +49 30 1234". Empty when not configured. */
  readonly helpdesk: string
  readonly language: 'en' | 'de' | null
  /** Where the journey runs: decides what "done" tells people to do next. */
  readonly surface: 'login-screen' | 'window' | 'browser'
  /** Known from the start to stand in the way of everything; said instead of the first screen. */
  readonly blockedBy: LocalErrorCode | null
}

export type Preparation =
  | {
      readonly mode: 'direct' | 'relay'
      readonly accountName: string
      readonly rules: PasswordRules
    }
  | { readonly mode: 'unlock'; readonly accountName: string }

export type LeakCheck = { readonly leaked: boolean }

export type Outcome = {
  readonly accountName: string
  readonly mode: 'direct' | 'relay' | 'unlock'
}

/** In the order in which they happen; a mode leaves out what it does not do. */
export const progressSteps = [
  'finding_controller',
  'planning',
  'connecting',
  'preparing_account',
  'setting_password',
  'confirming',
  'unlocking',
] as const
export type ProgressStep = (typeof progressSteps)[number]

/** Failures that only this side of the wire can see. */
export const localErrorCodes = [
  'backend_unreachable',
  'backend_untrusted',
  'backend_unexpected',
  'not_configured',
  'rules_not_met',
  'no_recovery',
  'denied_on_phone',
] as const
export type LocalErrorCode = (typeof localErrorCodes)[number]

export type JourneyErrorCode = ProblemCode | LocalErrorCode

/**
 * With these a commit or a relayed password was refused before the directory was touched. Not among
 * them are what a fault of the store is told as, which may also happen after the write, and whatever
 * the directory itself answered.
 */
export const refusalsBeforeWriting: readonly string[] = [
  'account_not_eligible',
  'breached_list_unavailable',
  'clock_skew',
  'invalid_request',
  'rate_limited',
  'recovery_expired',
  'recovery_locked',
  'unauthorized',
  'write_in_progress',
] satisfies ProblemCode[]

export type JourneyError = {
  readonly code: JourneyErrorCode
  readonly retryAfterSeconds?: number
  readonly attemptsLeft?: number
  readonly ineligible?: IneligibleReason
  readonly refused?: readonly RefusalReason[]
  /** What helpdesk can search the log for. */
  readonly requestId?: string
}
