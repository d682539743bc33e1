import type { AuditEvent } from '../audit-events.ts'
import type { ChallengeStore } from './challenges.ts'
import type { CredentialStore } from './credentials.ts'
import type { LimitStore } from './limits.ts'
import type { MethodStore } from './methods.ts'
import type { OfferStore } from './offers.ts'
import type { OutboxStore } from './outbox-store.ts'
import type { PassStore } from './passes.ts'
import type { PolicyStore } from './policies.ts'
import type { PushDeviceStore } from './push-devices.ts'
import type { PushRequestStore } from './push-requests.ts'
import type { RecoveryStore } from './recoveries.ts'
import type { RelayKeyStore } from './relay-keys.ts'
import type { SessionStore } from './sessions.ts'
import type { VapidKeyStore } from './vapid-keys.ts'
import type { WriteStore } from './writes.ts'
import type { WrittenCodeStore } from './written-codes.ts'

/**
 * What the features ask of the database. One implementation over Kysely serves SQLite and
 * PostgreSQL. All times are milliseconds since the epoch.
 *
 * Methods that answer `boolean` are spends: one conditional write each, true for exactly one caller,
 * however many ask at once.
 */
export interface Store {
  /**
   * Runs `work` in one durable transaction: all of it is kept, or none. Rejects with
   * `StoreUnavailableError` when the engine cannot record (disk full, read-only, connection lost).
   *
   * `work` runs once, does nothing but calls of `tx`, and awaits each of them: others wait for it.
   * So that no two wait for each other for ever, it touches what it changes in this order: limits,
   * recoveries, offers and challenges, credentials, methods and their written codes, passes, writes,
   * sessions, outbox.
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>
  /** Rejects when the database cannot be read and written. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface StoreTransaction {
  readonly recoveries: RecoveryStore
  readonly offers: OfferStore
  readonly challenges: ChallengeStore
  readonly methods: MethodStore
  readonly credentials: CredentialStore
  readonly writtenCodes: WrittenCodeStore
  readonly passes: PassStore
  readonly limits: LimitStore
  readonly writes: WriteStore
  readonly sessions: SessionStore
  readonly outbox: OutboxStore
  readonly relayKeys: RelayKeyStore
  readonly pushDevices: PushDeviceStore
  readonly pushRequests: PushRequestStore
  readonly vapidKeys: VapidKeyStore
  readonly policies: PolicyStore
  /** Marks a one-time identifier as used. False when it was used before. `expiresAt` bounds the table. */
  spend(kind: 'dpop' | 'relay', identifier: string, expiresAt: number): Promise<boolean>
  /** Appends to the hash chain, in this very transaction (P4). */
  audit(event: AuditEvent): Promise<void>
  /**
   * Removes what has outlived its use: recoveries, challenges, spent identifiers, sessions, limits.
   * Some rows of each at a time; true when there may be more, for another transaction.
   */
  purge(now: number): Promise<boolean>
}
