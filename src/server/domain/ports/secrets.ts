import type { Sealed } from '../../../contract/recovery.ts'
import type { Result } from '../../../contract/result.ts'
import type { MethodRecord } from './methods.ts'
import type { RelayKeyRecord } from './relay-keys.ts'

/** What a sealed value is bound to; both ends must state the same. */
export type SealedFor = {
  readonly use: 'temporary-password' | 'agent-password' | 'new-password'
  readonly recoveryId: string
  readonly accountId: string
}

/** What stands in for an account that does not exist, the same each time for the same name. */
export type Decoy = {
  readonly accountId: string
  readonly totpSeed: string
  readonly codeHash: string
}

/** Cryptography as the features need it. Nothing here does network or disk. */
export interface Secrets {
  /** 256 bits: bearer values. Store `hashToken` of it, never the value. */
  newToken(): string
  /** 128 bits: identifiers that must not be guessed. */
  newId(): string
  /** Six digits. */
  newCode(): string
  /**
   * At least 65 bits, to be written down or read out, with a check character.
   *
   * @param first - what it begins with, when that tells which one of a set it is
   */
  newWrittenCode(first?: string): string
  /** Two digits, to be compared by eye. */
  newPushNumber(): string
  newTemporaryPassword(): string
  /** SHA-256, base64url. Enough for values of full strength only. */
  hashToken(token: string): string
  equal(a: string, b: string): boolean
  /** argon2id under a pepper, for short codes. Ten to twenty milliseconds of a worker thread. */
  hashCode(code: string): Promise<string>
  verifyCode(codeHash: string, code: string): Promise<boolean>
  /** A name for a limit counter that does not hold what it counts, e.g. a name or a mail address. */
  blind(kind: 'name' | 'mailbox' | 'address', value: string): string
  decoy(nameKey: string): Decoy
  /** At-rest encryption of a method's secret (TOTP seed, mail address), bound to id and account. */
  sealMethodSecret(method: Pick<MethodRecord, 'id' | 'accountId'>, secret: string): string
  /** Null when it does not open: wrong master key, or the row was tampered with. */
  openMethodSecret(method: Pick<MethodRecord, 'id' | 'accountId' | 'secret'>): string | null
  /** At-rest encryption of what somebody typed as a name, bound to the recovery. */
  sealTypedName(recoveryId: string, name: string): string
  /** Null when it does not open, as above. */
  openTypedName(recoveryId: string, sealed: string): string | null
  /** At-rest encryption of the number that the directory has for somebody, bound to the recovery. */
  sealDirectoryNumber(recoveryId: string, number: string): string
  /** Null when it does not open, as above. */
  openDirectoryNumber(recoveryId: string, sealed: string): string | null
  isSealingKey(publicKey: string): Promise<boolean>
  /** HPKE to the key of a recovery. */
  sealFor(publicKey: string, plaintext: string, context: SealedFor): Promise<Sealed>
  newRelayKey(now: number): Promise<RelayKeyRecord>
  openRelayed(
    key: RelayKeyRecord,
    sealed: Sealed,
    context: SealedFor,
  ): Promise<Result<string, { code: 'malformed' | 'refused' }>>
}
