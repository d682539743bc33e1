import type { ChallengeRecord } from '../../../src/server/domain/ports/challenges.ts'
import type { LimitRecord } from '../../../src/server/domain/ports/limits.ts'
import type { MethodRecord } from '../../../src/server/domain/ports/methods.ts'
import type { OutboxRecord } from '../../../src/server/domain/ports/outbox-store.ts'
import type { RecoveryRecord } from '../../../src/server/domain/ports/recoveries.ts'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import type { WriteRecord } from '../../../src/server/domain/ports/writes.ts'

/** What the store says it does, in a few maps: the measure for both engines. */
export function createModel() {
  const recoveries = new Map<string, RecoveryRecord>()
  const challenges = new Map<string, ChallengeRecord>()
  const methods = new Map<string, MethodRecord>()
  const limits = new Map<string, LimitRecord>()
  const writes = new Map<string, WriteRecord>()
  const sessions = new Map<string, SessionRecord>()
  const outbox = new Map<string, OutboxRecord>()
  const spent = new Set<string>()

  /** Changes the record if it is there and fits. */
  function change<T>(map: Map<string, T>, key: string, fits: (at: T) => boolean, to: Partial<T>) {
    const current = map.get(key)
    if (current === undefined || !fits(current)) return false
    map.set(key, { ...current, ...to })
    return true
  }

  function insert<T>(map: Map<string, T>, key: string, record: T) {
    if (map.has(key)) throw new Error('there already')
    map.set(key, record)
  }

  return {
    recoveries: {
      insert: (record: RecoveryRecord) => insert(recoveries, record.id, record),
      find: (id: string) => recoveries.get(id) ?? null,
      resolve: (id: string, account: RecoveryRecord['account']) =>
        change(recoveries, id, ({ resolved }) => !resolved, { resolved: true, account }),
      reserveAttempt(id: string, limit: number, now: number) {
        const attempts = (recoveries.get(id)?.attempts ?? 0) + 1
        const fits = ({ state, expiresAt }: RecoveryRecord) =>
          attempts <= limit && state === 'proving' && expiresAt > now
        return change(recoveries, id, fits, { attempts })
      },
      refundAttempt(id: string) {
        const attempts = (recoveries.get(id)?.attempts ?? 0) - 1
        change(recoveries, id, () => attempts >= 0, { attempts })
      },
      advance(
        id: string,
        from: readonly string[],
        state: RecoveryRecord['state'],
        patch: Partial<RecoveryRecord> = {},
        now?: number,
      ) {
        const fits = (at: RecoveryRecord) =>
          from.includes(at.state) && (now === undefined || at.expiresAt > now)
        return change(recoveries, id, fits, { ...patch, state })
      },
    },
    challenges: {
      put: (record: ChallengeRecord) => void challenges.set(record.subject, record),
      find(subject: string, now: number) {
        const found = challenges.get(subject)
        return found !== undefined && found.expiresAt > now ? found : null
      },
      spend(subject: string, codeHash: string, now: number) {
        const found = challenges.get(subject)
        if (found === undefined || found.expiresAt <= now) return false
        return found.codeHash === codeHash && challenges.delete(subject)
      },
    },
    methods: {
      insert: (record: MethodRecord) => insert(methods, record.id, record),
      find: (id: string) => methods.get(id) ?? null,
      list: (accountId: string) =>
        [...methods.values()]
          .filter((method) => method.accountId === accountId)
          .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
      confirm: (id: string, now: number) =>
        change(methods, id, (at) => at.confirmedAt === null, { confirmedAt: now }),
      spendStep: (id: string, step: number, now: number) =>
        change(methods, id, (at) => at.lastStep < step && at.suspendedAt === null, {
          ...{ lastStep: step, lastUsedAt: now },
        }),
      suspend: (id: string, now: number) =>
        change(methods, id, (at) => at.suspendedAt === null, { suspendedAt: now }),
      remove: (id: string, accountId: string) =>
        methods.get(id)?.accountId === accountId && methods.delete(id),
    },
    limits: {
      find: (key: string) => limits.get(key) ?? null,
      update(key: string, now: number, decide: (current: LimitRecord) => LimitRecord) {
        const fresh = { key, windowStart: now, count: 0, consecutive: 0, blockedUntil: 0, note: '' }
        const next = decide(limits.get(key) ?? fresh)
        limits.set(key, next)
        return next
      },
    },
    writes: {
      open(write: WriteRecord, now: number, heldUntil?: number) {
        const current = writes.get(write.accountId)
        const free =
          current === undefined ||
          (current.recoveryId === write.recoveryId && current.leaseUntil === heldUntil) ||
          current.leaseUntil <= now
        if (free) writes.set(write.accountId, write)
        return free
      },
      find: (accountId: string) => writes.get(accountId) ?? null,
      markSet: (
        accountId: string,
        recoveryId: string,
        leaseUntil: number,
        passwordWrite: string | null,
      ) =>
        change(writes, accountId, (at) => at.recoveryId === recoveryId && at.step === 'intended', {
          ...{ step: 'set', leaseUntil, passwordWrite },
        }),
      claim: (accountId: string, recoveryId: string, now: number, leaseUntil: number) =>
        change(writes, accountId, (at) => at.recoveryId === recoveryId && at.leaseUntil <= now, {
          leaseUntil,
        }),
      release: (accountId: string, recoveryId: string, now: number, heldUntil: number) =>
        change(
          writes,
          accountId,
          (at) =>
            at.recoveryId === recoveryId && at.leaseUntil > now && at.leaseUntil === heldUntil,
          { leaseUntil: now },
        ),
      close(accountId: string, recoveryId: string, heldUntil?: number) {
        const current = writes.get(accountId)
        const isHeld = heldUntil === undefined || current?.leaseUntil === heldUntil
        return current?.recoveryId === recoveryId && isHeld && writes.delete(accountId)
      },
    },
    sessions: {
      insert: (record: SessionRecord) => insert(sessions, record.tokenHash, record),
      find: (tokenHash: string) => sessions.get(tokenHash) ?? null,
      rotate(tokenHash: string, next: SessionRecord) {
        if (!sessions.has(tokenHash)) return false
        if (tokenHash !== next.tokenHash) insert(sessions, next.tokenHash, next)
        if (tokenHash !== next.tokenHash) sessions.delete(tokenHash)
        else sessions.set(tokenHash, next)
        return true
      },
      remove: (tokenHash: string) => sessions.delete(tokenHash),
    },
    outbox: {
      put: (record: OutboxRecord) => insert(outbox, record.id, record),
      takeDue(now: number, hideUntil: number, limit: number) {
        const due = [...outbox.values()]
          .filter(({ nextTryAt }) => nextTryAt <= now)
          .sort((a, b) => a.nextTryAt - b.nextTryAt || (a.id < b.id ? -1 : 1))
          .slice(0, limit)
          .map((mail) => ({ ...mail, nextTryAt: hideUntil }))
        for (const mail of due) outbox.set(mail.id, mail)
        return due.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
      },
      remove: (id: string) => void outbox.delete(id),
      retry(id: string, nextTryAt: number) {
        const tries = (outbox.get(id)?.tries ?? 0) + 1
        change(outbox, id, () => true, { nextTryAt, tries })
      },
      count: () => outbox.size,
    },
    spend(kind: string, identifier: string) {
      const key = `${kind}:${identifier}`
      return !spent.has(key) && spent.add(key) !== undefined
    },
  }
}
