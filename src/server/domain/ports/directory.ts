import type { PasswordRules } from '../../../contract/password-rules.ts'
import type { IneligibleReason, RefusalReason } from '../../../contract/problems.ts'
import type { ControllerAddress } from '../../../contract/recovery.ts'
import type { Result } from '../../../contract/result.ts'
import type { ResolvedAccount } from './recoveries.ts'

export type DirectoryFault = {
  readonly code: 'unavailable' | 'refused' | 'unknown_outcome'
  /** For the log. Never a secret. */
  readonly detail: string
}

export type AccountState = ResolvedAccount &
  Memberships & {
    readonly ineligible: IneligibleReason | null
    readonly lockedOut: boolean
    /** Neither disabled nor expired nor bound to a smart card, whatever else `ineligible` says. */
    readonly maySignIn: boolean
    /** Where the password stands on the controller that was asked; null when that may not be read. */
    readonly password: PasswordState | null
    readonly rules: PasswordRules
    /** Every address that ends up in the account's own mailbox: `mail`, `proxyAddresses`, the UPN. */
    readonly mailboxes: readonly string[]
    /** The attribute `mobile`, as somebody typed it there. */
    readonly mobile: string | null
  }

/** By what a policy tells people apart, besides their place in the tree. */
export type Memberships = {
  /** The account's own security identifier. */
  readonly sid: string
  /** Every group that the account belongs to, nested ones and the primary one too. */
  readonly groupSids: readonly string[]
}

export type PasswordState = {
  readonly pwdLastSet: number | null
  readonly mustChange: boolean
  readonly usn: string
}

export type WrittenPassword = PasswordState & {
  /** Names the write of the password that is in place, the same on every controller; null: unknown. */
  readonly passwordWrite: string | null
}

/** The agent account, signed in. */
export interface Agent {
  /** Relay mode: the same change that the helper would do. */
  changePassword(
    account: AccountState,
    temporaryPassword: string,
    newPassword: string,
  ): Promise<Result<void, DirectoryFault | { code: 'password_refused'; reasons: RefusalReason[] }>>
}

/** Somebody whom a typed name means, with what the directory says about reaching them. */
export type FoundAccount = ResolvedAccount &
  Memberships &
  Pick<AccountState, 'mailboxes' | 'mobile'>

/**
 * What the features ask of Active Directory, as the service account (and the agent, for relay). An
 * account is named by its `accountId`, the GUID that stays when it is moved or renamed.
 */
export interface Directory {
  /**
   * The longest that one call may take until its outcome is known or given up, all timeouts on the way
   * together (milliseconds). Nothing is written after it.
   */
  readonly longestCall: number
  /** Same work for a hit and for a miss (P6). Null: nobody, or more than one. */
  resolve(accountTyped: string): Promise<Result<FoundAccount | null, DirectoryFault>>
  /** Never from a cache. Without a `controller`: the best one that answers. */
  readAccount(
    account: ResolvedAccount,
    controller?: string,
  ): Promise<Result<AccountState, DirectoryFault>>
  /** Which controllers the backend itself can write to now, best first (PDC emulator). */
  writableControllers(): Promise<ControllerAddress[]>
  readPasswordState(
    controller: string,
    accountId: string,
  ): Promise<Result<WrittenPassword, DirectoryFault>>
  /** @returns how this write is named from now on (`WrittenPassword.passwordWrite`) */
  setTemporaryPassword(
    controller: string,
    accountId: string,
    temporaryPassword: string,
  ): Promise<Result<{ passwordWrite: string | null }, DirectoryFault>>
  /**
   * Signs the agent account in on a controller, and keeps it signed in while `use` runs.
   *
   * @returns a fault when it cannot sign in: `use` has not run then
   */
  asAgent<T>(
    controller: string,
    use: (agent: Agent) => Promise<T>,
  ): Promise<Result<T, DirectoryFault>>
  unlock(controller: string, accountId: string): Promise<Result<void, DirectoryFault>>
  /**
   * Portal sign-in: binds as the user. `null`: refused, for whatever reason a stranger need not know.
   * The same work for a name that does not exist.
   *
   * `passwordMustChange`: the password was right, yet AD wants another one first (49 with data 773 or
   * 532). AD says so only to whoever knows the password.
   */
  signIn(
    accountTyped: string,
    password: string,
  ): Promise<
    Result<{ account: ResolvedAccount; passwordMustChange: boolean } | null, DirectoryFault>
  >
  ping(): Promise<Result<void, DirectoryFault>>
  close(): Promise<void>
}
