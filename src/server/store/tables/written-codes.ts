import type { WrittenCodeRecord, WrittenCodeStore } from '../../domain/ports/written-codes.ts'
import { changedOne, type Database } from '../schema.ts'

export function writtenCodeStore(db: Database): WrittenCodeStore {
  const open = (now: number) =>
    db
      .selectFrom('written_codes')
      .where('spent_at', 'is', null)
      .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
  return {
    async insert(codes) {
      const rows = codes.map(({ methodId, position, codeHash, expiresAt }) => ({
        ...{ method_id: methodId, position, code_hash: codeHash },
        ...{ expires_at: expiresAt, spent_at: null },
      }))
      await db.insertInto('written_codes').values(rows).execute()
    },
    async find(methodId, position, now) {
      const row = await open(now)
        .selectAll()
        .where('method_id', '=', methodId)
        .where('position', '=', position)
        .executeTakeFirst()
      if (row === undefined) return null
      return { methodId, position, codeHash: row.code_hash, expiresAt: row.expires_at }
    },
    async listOpen(accountId, now) {
      const rows = await open(now)
        .innerJoin('methods', 'methods.id', 'written_codes.method_id')
        .select(['method_id as methodId', 'position', 'expires_at as expiresAt'])
        .where('methods.account_id', '=', accountId)
        .orderBy('method_id')
        .orderBy('position')
        .execute()
      return rows
    },
    spend: (code, now) => spend(db, code, now),
  }
}

/**
 * The code first: whoever comes too late holds no row while the rest of their transaction goes on. Then
 * its method, which may have been suspended meanwhile; removing one takes the rows in the same order.
 */
async function spend(
  db: Database,
  { methodId, position, codeHash }: WrittenCodeRecord,
  now: number,
): Promise<boolean> {
  const spent = await db
    .updateTable('written_codes')
    .set({ spent_at: now })
    .where('method_id', '=', methodId)
    .where('position', '=', position)
    .where('code_hash', '=', codeHash)
    .where('spent_at', 'is', null)
    .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirstOrThrow()
  if (!changedOne(spent)) return false
  const used = await db
    .updateTable('methods')
    .set({ last_used_at: now })
    .where('id', '=', methodId)
    .where('confirmed_at', 'is not', null)
    .where('suspended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return changedOne(used)
}
