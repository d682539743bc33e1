import type { ChallengeRecord } from '../../../src/server/domain/ports/challenges.ts'
import type { CredentialRecord } from '../../../src/server/domain/ports/credentials.ts'
import type { LimitRecord } from '../../../src/server/domain/ports/limits.ts'
import type { MethodRecord } from '../../../src/server/domain/ports/methods.ts'
import type { OutboxRecord } from '../../../src/server/domain/ports/outbox-store.ts'
import type { PassRecord } from '../../../src/server/domain/ports/passes.ts'
import type { RecoveryRecord } from '../../../src/server/domain/ports/recoveries.ts'
import type { RelayKeyRecord } from '../../../src/server/domain/ports/relay-keys.ts'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import type { WriteRecord } from '../../../src/server/domain/ports/writes.ts'
import type { WrittenCodeRecord } from '../../../src/server/domain/ports/written-codes.ts'

/** A frozen clock: 2026-11-23T09:00:00Z. */
export const now = 1_795_424_400_000
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const account = {
  accountId: '4f1c2f2e-9a3b-4c5d-8e7f-001122334455',
  dn: 'CN=Jörg Müller,OU=Staff,DC=corp,DC=example,DC=com',
  accountName: 'jmueller',
  displayName: 'Jörg Müller',
  mail: null,
}

export function recovery(id: string, change: Partial<RecoveryRecord> = {}): RecoveryRecord {
  return {
    id,
    tokenHash: `hash-of-${id}`,
    thumbprint: 'thumbprint',
    sealedName: 'sealed',
    nameKey: 'name-key',
    purpose: 'reset',
    state: 'proving',
    required: 2,
    attempts: 0,
    resolved: false,
    account: null,
    mode: null,
    controller: null,
    sealingKey: null,
    commits: 0,
    createdAt: now,
    expiresAt: now + 10 * minute,
    ...change,
  }
}

export function challenge(change: Partial<ChallengeRecord> = {}): ChallengeRecord {
  return { subject: 'enrol:m1', codeHash: '$argon2id$1', expiresAt: now + minute, ...change }
}

export function method(id: string, change: Partial<MethodRecord> = {}): MethodRecord {
  return {
    id,
    accountId: account.accountId,
    kind: 'totp',
    label: 'Phone',
    secret: 'v1.2026.sealed',
    createdAt: now,
    confirmedAt: null,
    lastUsedAt: null,
    lastStep: 0,
    suspendedAt: null,
    ...change,
  }
}

export function credential(
  credentialId: string,
  change: Partial<CredentialRecord> = {},
): CredentialRecord {
  return {
    credentialId,
    methodId: 'm1',
    accountId: account.accountId,
    publicKey: 'cose',
    counter: 0,
    aaguid: '00000000-0000-0000-0000-000000000000',
    backupEligible: false,
    backedUp: false,
    transports: ['usb'],
    userHandle: 'handle',
    ...change,
  }
}

export function write(recoveryId: string, change: Partial<WriteRecord> = {}): WriteRecord {
  return {
    accountId: account.accountId,
    recoveryId,
    accountName: account.accountName,
    controller: 'dc1.corp.example.com',
    step: 'intended',
    usnBefore: '4711',
    pwdLastSetBefore: now - day,
    passwordWrite: null,
    startedAt: now,
    leaseUntil: now + minute,
    ...change,
  }
}

export function session(tokenHash: string, change: Partial<SessionRecord> = {}): SessionRecord {
  return {
    ...account,
    tokenHash,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + 8 * hour,
    steppedUpAt: null,
    ...change,
  }
}

export function mail(id: string, change: Partial<OutboxRecord> = {}): OutboxRecord {
  return {
    id,
    sealed: 'v1.2026.sealed',
    createdAt: now,
    nextTryAt: now,
    tries: 0,
    expiresAt: now + 7 * day,
    ...change,
  }
}

export function relayKey(keyId: string, change: Partial<RelayKeyRecord> = {}): RelayKeyRecord {
  return {
    keyId,
    publicKey: 'public',
    privateKey: 'v1.2026.sealed',
    createdAt: now,
    retiredAt: null,
    ...change,
  }
}

export function writtenCode(change: Partial<WrittenCodeRecord> = {}): WrittenCodeRecord {
  return { methodId: 'm1', position: 0, codeHash: '$argon2id$1', expiresAt: null, ...change }
}

export function pass(id: string, change: Partial<PassRecord> = {}): PassRecord {
  return {
    ...{ id, accountId: account.accountId, accountName: account.accountName, state: 'waiting' },
    ...{
      methodId: null,
      reason: 'INC-4711',
      printReason: null,
      sentBy: null,
      minutes: 60,
      approver: null,
    },
    issuer: { accountId: 'anna', accountName: 'anna', login: 'cli:anna' },
    ...{ createdAt: now, expiresAt: now + hour },
    ...change,
  }
}

/** One more of whatever is counted. */
export function increment(current: LimitRecord): LimitRecord {
  return { ...current, count: current.count + 1, consecutive: current.consecutive + 1 }
}
