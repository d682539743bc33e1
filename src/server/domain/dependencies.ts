import type { Policies } from './policy/current.ts'
import type { BreachedList } from './ports/breached-list.ts'
import type { Directory } from './ports/directory.ts'
import type { Log } from './ports/log.ts'
import type { MailOutbox } from './ports/outbox.ts'
import type { PhoneNumbers } from './ports/phone-numbers.ts'
import type { PushSender } from './ports/push-sender.ts'
import type { Secrets } from './ports/secrets.ts'
import type { Store } from './ports/store.ts'
import type { Totp } from './ports/totp.ts'
import type { WebAuthn } from './ports/web-authn.ts'
import type { Settings } from './settings.ts'

/** The account without any rights as which new passwords are set. */
export type AgentCredential = { readonly name: string; readonly password: string }

/** Everything that a feature may use. Built once, by `open-parts.ts`. */
export type ServerDependencies = {
  readonly settings: Settings
  readonly store: Store
  readonly policies: Policies
  readonly directory: Directory
  readonly secrets: Secrets
  readonly totp: Totp
  readonly webAuthn: WebAuthn
  readonly breachedList: BreachedList
  readonly agent: AgentCredential
  readonly outbox: MailOutbox
  readonly push: PushSender
  readonly phoneNumbers: PhoneNumbers
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly log: Log
}
