import { type Insertable, type Selectable, sql } from 'kysely'
import { recoveryStates } from '../../../contract/recovery.ts'
import type { KeptDecision } from '../../domain/policy/kept-decision.ts'
import type {
  RecoveringAccount,
  RecoveryPatch,
  RecoveryRecord,
  RecoveryStore,
} from '../../domain/ports/recoveries.ts'
import { isClosed } from '../../domain/recovery-machine.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

const openStates = recoveryStates.filter((state) => !isClosed(state))

export function recoveryStore(db: Database): RecoveryStore {
  const update = (id: string) => db.updateTable('recoveries').where('id', '=', id)
  return {
    async insert(recovery) {
      await db.insertInto('recoveries').values(toRow(recovery)).execute()
    },
    async find(id) {
      const row = await db
        .selectFrom('recoveries')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async resolve(id, account) {
      const query = update(id)
        .set({ resolved: 1, account: accountText(account), decision: decisionText(account) })
        .where('resolved', '=', 0)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async reserveAttempt(id, limit, now) {
      const query = update(id)
        .set((e) => ({ attempts: e('attempts', '+', 1) }))
        .where('attempts', '<', limit)
        .where('state', '=', 'proving')
        .where('expires_at', '>', now)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async refundAttempt(id) {
      const query = update(id)
        .set((e) => ({ attempts: e('attempts', '-', 1) }))
        .where('attempts', '>', 0)
      await query.execute()
    },
    async advance(id, from, to, patch, now) {
      if (from.length === 0) return false
      let query = update(id)
        .set({ state: to, ...patchColumns(patch) })
        .where('state', 'in', from)
      if (now !== undefined) query = query.where('expires_at', '>', now)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async listOpen(accountId) {
      // How `accountText` begins.
      const start = JSON.stringify({ accountId }).slice(0, -1)
      const rows = await db
        .selectFrom('recoveries')
        .selectAll()
        .where('state', 'in', openStates)
        .where(sql<string>`substr(account, 1, ${sql.lit(start.length)})`, '=', start)
        .orderBy('id')
        .execute()
      return rows.map(fromRow)
    },
    async findExpired(now, limit) {
      const rows = await db
        .selectFrom('recoveries')
        .selectAll()
        .where('state', 'in', openStates)
        .where('expires_at', '<=', now)
        .orderBy('expires_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(fromRow)
    },
  }
}

function patchColumns(patch: RecoveryPatch = {}) {
  const { mode, controller, sealingKey, commits } = patch
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(controller === undefined ? {} : { controller }),
    ...(sealingKey === undefined ? {} : { sealing_key: sealingKey }),
    ...(commits === undefined ? {} : { commits }),
  }
}

function toRow(recovery: RecoveryRecord): Insertable<Schema['recoveries']> {
  return {
    id: recovery.id,
    token_hash: recovery.tokenHash,
    thumbprint: recovery.thumbprint,
    sealed_name: recovery.sealedName,
    name_key: recovery.nameKey,
    purpose: recovery.purpose,
    state: recovery.state,
    required: recovery.required,
    attempts: recovery.attempts,
    resolved: recovery.resolved ? 1 : 0,
    account: accountText(recovery.account),
    decision: decisionText(recovery.account),
    mode: recovery.mode,
    controller: recovery.controller,
    sealing_key: recovery.sealingKey,
    commits: recovery.commits,
    created_at: recovery.createdAt,
    expires_at: recovery.expiresAt,
  }
}

function fromRow(row: Selectable<Schema['recoveries']>): RecoveryRecord {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    thumbprint: row.thumbprint,
    sealedName: row.sealed_name,
    nameKey: row.name_key,
    purpose: row.purpose,
    state: row.state,
    required: row.required,
    attempts: row.attempts,
    resolved: row.resolved === 1,
    account: accountFrom(row),
    mode: row.mode,
    controller: row.controller,
    sealingKey: row.sealing_key,
    commits: row.commits,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

/** Only the members of the type: a directory adapter may hand over a larger object. */
function accountText(account: RecoveringAccount | null): string | null {
  if (account === null) return null
  const { accountId, dn, accountName, displayName, mail, sealedMobile, ownMailboxes } = account
  const kept = { accountId, dn, accountName, displayName, mail }
  // What is undefined is left out of JSON.
  return JSON.stringify({ ...kept, sealedMobile, ownMailboxes })
}

function decisionText(account: RecoveringAccount | null): string | null {
  return account?.decision === undefined ? null : JSON.stringify(account.decision)
}

function accountFrom({ account, decision }: Selectable<Schema['recoveries']>) {
  if (account === null) return null
  const known = JSON.parse(account) as RecoveringAccount
  if (decision === null) return known
  return { ...known, decision: JSON.parse(decision) as KeptDecision }
}
