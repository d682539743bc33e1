import type { MethodKind } from '../../../contract/methods.ts'
import type { Purpose, RecoveryState } from '../../../contract/recovery.ts'
import type { AuditEvent } from '../audit-events.ts'

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
   * recoveries, offers and challenges, methods, writes, sessions, outbox.
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
  readonly limits: LimitStore
  readonly writes: WriteStore
  readonly sessions: SessionStore
  readonly outbox: OutboxStore
  readonly relayKeys: RelayKeyStore
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

/** The directory's answer about who was named, once somebody asked. `null`: nobody, or not eligible to know. */
export type ResolvedAccount = {
  readonly accountId: string
  readonly dn: string
  readonly accountName: string
  readonly displayName: string
  readonly mail: string | null
}

export type RecoveryRecord = {
  readonly id: string
  /** SHA-256 of the token, base64url. */
  readonly tokenHash: string
  /** RFC 7638 thumbprint of the key that the token is bound to. */
  readonly thumbprint: string
  /** The name as it was typed, sealed: people type passwords there too. */
  readonly sealedName: string
  /** Under which the limits of this name are counted, the same for every spelling of it. */
  readonly nameKey: string
  readonly purpose: Purpose
  readonly state: RecoveryState
  readonly required: number
  readonly attempts: number
  readonly resolved: boolean
  readonly account: ResolvedAccount | null
  readonly mode: 'direct' | 'relay' | 'unlock' | null
  readonly controller: string | null
  readonly sealingKey: string | null
  readonly commits: number
  readonly createdAt: number
  readonly expiresAt: number
}

export type RecoveryPatch = Partial<
  Pick<RecoveryRecord, 'mode' | 'controller' | 'sealingKey' | 'commits'>
>

export interface RecoveryStore {
  insert(recovery: RecoveryRecord): Promise<void>
  find(id: string): Promise<RecoveryRecord | null>
  /** Records the directory's answer, once: a later answer does not replace it. */
  resolve(id: string, account: ResolvedAccount | null): Promise<boolean>
  /** Counts an attempt before anything is compared. False when `limit` is reached or the state differs. */
  reserveAttempt(id: string, limit: number, now: number): Promise<boolean>
  /** Gives the attempt back after a proof was accepted. */
  refundAttempt(id: string): Promise<void>
  /** Moves from one of `from` to `to`. False when it stands elsewhere or, with `now`, has expired. */
  advance(
    id: string,
    from: readonly RecoveryState[],
    to: RecoveryState,
    patch?: RecoveryPatch,
    now?: number,
  ): Promise<boolean>
  /** What the account has under way: resolved to it, and in none of the closed states. */
  listOpen(accountId: string): Promise<RecoveryRecord[]>
  /** Recoveries that nobody can go on with and that are not closed yet: `expiresAt <= now`. */
  findExpired(now: number, limit: number): Promise<RecoveryRecord[]>
}

/** A method as offered in one recovery, under an id that means nothing elsewhere. */
export type OfferRecord = {
  readonly recoveryId: string
  readonly offerId: string
  readonly kind: MethodKind
  readonly provenAt: number | null
}

export interface OfferStore {
  insert(offers: readonly OfferRecord[]): Promise<void>
  list(recoveryId: string): Promise<OfferRecord[]>
  /** Spends the offer. False when it was proven before. */
  prove(recoveryId: string, offerId: string, now: number): Promise<boolean>
}

export type ChallengeRecord = {
  /** What the code is for: `recovery:<id>:<offerId>`, `session:<hash>:<methodId>`, `enrol:<methodId>`. */
  readonly subject: string
  /** argon2id, PHC string format. */
  readonly codeHash: string
  readonly expiresAt: number
}

export interface ChallengeStore {
  /** A newer challenge for the same subject kills the older one. */
  put(challenge: ChallengeRecord): Promise<void>
  find(subject: string, now: number): Promise<ChallengeRecord | null>
  /** Spends it. False when it is spent, expired, or replaced by a newer one. */
  spend(subject: string, codeHash: string, now: number): Promise<boolean>
  /** Its code proves nothing any more. */
  remove(subject: string): Promise<void>
}

export type MethodRecord = {
  readonly id: string
  readonly accountId: string
  readonly kind: MethodKind
  readonly label: string
  /** TOTP seed or mail address, under the at-rest envelope. */
  readonly secret: string
  readonly createdAt: number
  /** Null until a code has confirmed it; an unconfirmed method proves nothing. */
  readonly confirmedAt: number | null
  readonly lastUsedAt: number | null
  /** RFC 6238 §5.2: the last time step accepted. Only a greater one is accepted after it. */
  readonly lastStep: number
  readonly suspendedAt: number | null
}

export interface MethodStore {
  insert(method: MethodRecord): Promise<void>
  find(id: string): Promise<MethodRecord | null>
  list(accountId: string): Promise<MethodRecord[]>
  /** Confirms, once. */
  confirm(id: string, now: number): Promise<boolean>
  /**
   * Compare-and-set of the time step; also notes the use. False for the same or an older step, and
   * for a method that is suspended.
   */
  spendStep(id: string, step: number, now: number): Promise<boolean>
  touch(id: string, now: number): Promise<void>
  suspend(id: string, now: number): Promise<boolean>
  remove(id: string, accountId: string): Promise<boolean>
}

export type LimitRecord = {
  readonly key: string
  readonly windowStart: number
  /** Counted in the window. */
  readonly count: number
  /** In a row, across windows, until a success. */
  readonly consecutive: number
  readonly blockedUntil: number
  /** Whatever else the one who decides has to remember, e.g. which methods failed. Empty at first. */
  readonly note: string
}

/** Counters that survive a restart and are shared by all replicas. */
export interface LimitStore {
  find(key: string): Promise<LimitRecord | null>
  /**
   * Reads, decides and writes under a row lock: `decide` gets the current record (or a fresh one)
   * and returns the next one. Answers what was written.
   */
  update(
    key: string,
    now: number,
    decide: (current: LimitRecord) => LimitRecord,
  ): Promise<LimitRecord>
}

/** The journal of directory writes: at most one open write for each account. */
export type WriteRecord = {
  readonly accountId: string
  readonly recoveryId: string
  readonly accountName: string
  readonly controller: string
  /** `intended`: asked of the directory, answer not recorded. `set`: the temporary password is in place. */
  readonly step: 'intended' | 'set'
  /** uSNChanged on `controller` before the write: unchanged means that nothing was written. */
  readonly usnBefore: string
  /** pwdLastSet on `controller` before the first write of this entry (FILETIME in milliseconds). */
  readonly pwdLastSetBefore: number | null
  /** Names the write that set the temporary password; null while it is not known to be in place. */
  readonly passwordWrite: string | null
  readonly startedAt: number
  /** While it lasts, the one who wrote it may still be at work. */
  readonly leaseUntil: number
}

export interface WriteStore {
  /**
   * Opens the journal entry. One whose lease has run out is replaced; one whose lease lasts only when
   * it is of the same recovery and the lease is `heldUntil`. False for any other: somebody is at work.
   */
  open(write: WriteRecord, now: number, heldUntil?: number): Promise<boolean>
  find(accountId: string): Promise<WriteRecord | null>
  markSet(
    accountId: string,
    recoveryId: string,
    leaseUntil: number,
    passwordWrite: string | null,
  ): Promise<boolean>
  /** Claims an entry whose lease has run out, so that one sweeper settles it. */
  claim(accountId: string, recoveryId: string, now: number, leaseUntil: number): Promise<boolean>
  /**
   * Ends the lease now, if it is still `heldUntil`: whoever wrote the entry is done with it, and the
   * sweeper may settle it at once.
   */
  release(accountId: string, recoveryId: string, now: number, heldUntil: number): Promise<boolean>
  listLapsed(now: number, limit: number): Promise<WriteRecord[]>
  /** With `heldUntil`, only while that is its lease: not when somebody else took it over meanwhile. */
  close(accountId: string, recoveryId: string, heldUntil?: number): Promise<boolean>
}

export type SessionRecord = {
  readonly tokenHash: string
  readonly accountId: string
  readonly dn: string
  readonly accountName: string
  readonly displayName: string
  readonly mail: string | null
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
  readonly steppedUpAt: number | null
}

export interface SessionStore {
  insert(session: SessionRecord): Promise<void>
  find(tokenHash: string): Promise<SessionRecord | null>
  touch(tokenHash: string, now: number): Promise<void>
  /** Replaces the token at each change of trust. */
  rotate(tokenHash: string, next: SessionRecord): Promise<boolean>
  remove(tokenHash: string): Promise<boolean>
  /** Ends all of an account's. @returns how many there were */
  removeAll(accountId: string): Promise<number>
  /** Takes back what proofs have opened, in all sessions of an account. */
  lowerAll(accountId: string): Promise<void>
}

/** Mail to be sent, at least once, surviving restarts and an absent SMTP server. */
export type OutboxRecord = {
  readonly id: string
  /** Recipient, template and data under the at-rest envelope; null for a stranger's decoy. */
  readonly sealed: string | null
  readonly createdAt: number
  readonly nextTryAt: number
  readonly tries: number
  /** After that it is pointless to send, e.g. an expired code. */
  readonly expiresAt: number
}

export interface OutboxStore {
  put(mail: OutboxRecord): Promise<void>
  /** Takes what is due and hides it until `hideUntil`, so that two replicas do not both send it. */
  takeDue(now: number, hideUntil: number, limit: number): Promise<OutboxRecord[]>
  remove(id: string): Promise<void>
  retry(id: string, nextTryAt: number): Promise<void>
  count(): Promise<number>
}

export type RelayKeyRecord = {
  readonly keyId: string
  readonly publicKey: string
  /** Under the at-rest envelope. */
  readonly privateKey: string
  readonly createdAt: number
  readonly retiredAt: number | null
}

export interface RelayKeyStore {
  insert(key: RelayKeyRecord): Promise<void>
  find(keyId: string): Promise<RelayKeyRecord | null>
  current(): Promise<RelayKeyRecord | null>
  retire(keyId: string, now: number): Promise<boolean>
}
