import type { CodeContent, MailContent } from '../mail-content.ts'
import type { StoreTransaction } from './store.ts'

/** By which way a letter leaves. */
export type Channel = 'mail' | 'sms'

export type OutgoingMail = Outgoing &
  (
    | { readonly channel?: 'mail'; readonly content: MailContent }
    /** Text messages carry codes and nothing else: whatever is told, is told by mail. */
    | { readonly channel: 'sms'; readonly content: CodeContent }
  )

type Outgoing = {
  /** One letter each. Empty: a decoy is written, so that a stranger's request does the same work. */
  readonly to: readonly string[]
  readonly now: number
  /** After that it is pointless to send. Left out for notifications, which are tried for a week. */
  readonly expiresAt?: number
}

/** Mail leaves in the same transaction as its cause, sealed, and is sent later, at least once. */
export interface MailOutbox {
  /** One row for each address, so that a mailbox that refuses does not hold up the others. */
  put(tx: StoreTransaction, mail: OutgoingMail): Promise<void>
  /**
   * Tells the owner of an account at every address on file: confirmed mail methods, suspended ones
   * too, and the directory's own. Called before a method is removed, so that its address is told.
   */
  tellEverywhere(
    tx: StoreTransaction,
    account: { readonly accountId: string; readonly mail: string | null },
    content: MailContent,
    now: number,
  ): Promise<void>
}
