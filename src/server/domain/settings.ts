import type { MethodKind } from '../../contract/method-kinds.ts'
import type { OwnPasswordRules } from './own-password-rules.ts'

/** Who may use what, and how many, while no policy was applied: see `domain/policy/default-document.ts`. */
export type Policy = {
  /** How many different methods a recovery asks for; at least one of them strong, whatever this says. */
  readonly required: number
  readonly methods: readonly MethodKind[]
  /** Whether codes may go to the mail address in the directory: often the mailbox that is locked too. */
  readonly allowDirectoryMailbox: boolean
  /** Whether codes may go to the mobile number in the directory, which its owner has never confirmed. */
  readonly allowDirectoryPhone: boolean
  /**
   * Whether accounts whose password never expires may be reset. Must-change has no effect on them, so
   * whoever holds the temporary password could sign in with it until it is replaced.
   */
  readonly allowNeverExpiring: boolean
  /**
   * The models of authenticators that may be registered, as UUIDs in lower case; null for any. With a
   * list, each has to show a certificate of its maker.
   */
  readonly allowedAaguids: readonly string[] | null
} & OwnPasswordRules

/** Numbers that an organisation may change, within bounds. Times in milliseconds. */
export type Limits = {
  readonly recoveryLifetime: number
  readonly codeLifetime: number
  readonly attemptsInRecovery: number
  /** Failed proofs of one account, or one name, in a window, before each further one is delayed. */
  readonly failures: number
  readonly failureWindow: number
  readonly firstDelay: number
  readonly longestDelay: number
  /** Failures in a row after which a method is suspended. */
  readonly failuresInRow: number
  readonly codesInRecovery: number
  /** Codes for one account, or one name, in an hour. */
  readonly codesForAccount: number
  /** Codes to one mail address in an hour. */
  readonly codesForMailbox: number
  /** Codes asked for from one network address in an hour. */
  readonly codesFromAddress: number
  /** Codes in all in an hour: a brake on abuse, not a quota. */
  readonly codesInAll: number
  /** The same for text messages, which cost money and are counted apart. */
  readonly smsForAccount: number
  readonly smsForNumber: number
  readonly smsFromAddress: number
  readonly smsInAll: number
  /** Text messages sent to one calling code (`+49`) in an hour. */
  readonly smsToPrefix: number
  /** Text messages sent in all in a day: what a day may cost at most. */
  readonly smsInDay: number
  readonly commitsInRecovery: number
  readonly relaysInRecovery: number
  /** Answers that could tell whether an account exists leave only at multiples of this. */
  readonly answerGrid: number
  /** Requests from one network address in a minute. */
  readonly requestsFromAddress: number
  /** Wrong passwords at the portal's sign-in before a pause; below the directory's own threshold. */
  readonly signInTries: number
  /** That pause: no shorter than `lockOutObservationWindow` in the directory. */
  readonly signInPause: number
}

/** What the features need to know of the configuration. */
export type Settings = {
  /** As browsers and helpers see it, e.g. `https://reset.example.com`. */
  readonly origin: string
  readonly organisation: string
  readonly helpdesk: string
  /** Authority that signed the domain controllers' certificates, for the helpers. */
  readonly directoryCaPem: string | null
  /** Addresses and networks of the organisation's own proxies; left out: none. */
  readonly trustedProxies?: readonly string[]
  readonly policy: Policy
  readonly limits: Limits
}
