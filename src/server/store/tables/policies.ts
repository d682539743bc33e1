import type { Selectable } from 'kysely'
import { PolicyDocument } from '../../../contract/policy.ts'
import type { PolicyStore, PolicyVersion } from '../../domain/ports/policies.ts'
import type { Database, Schema } from '../schema.ts'

export function policyStore(db: Database): PolicyStore {
  const newestFirst = db.selectFrom('policies').selectAll().orderBy('version', 'desc')
  return {
    async newest() {
      const row = await newestFirst.limit(1).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async newestVersion() {
      const query = db.selectFrom('policies').select('version').orderBy('version', 'desc').limit(1)
      return (await query.executeTakeFirst())?.version ?? 0
    },
    async find(version) {
      const query = db.selectFrom('policies').selectAll().where('version', '=', version)
      const row = await query.executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(limit) {
      return (await newestFirst.limit(limit).execute()).map(fromRow)
    },
    async append({ version, document, author, reason, createdAt }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('policies')
        .values({
          ...{ version, author, reason },
          body: JSON.stringify(document),
          created_at: createdAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
  }
}

/**
 * SECURITY: a body that this program does not understand in full is not guessed at: it throws, and
 * nobody recovers until the program that has written it is back.
 */
function fromRow(row: Selectable<Schema['policies']>): PolicyVersion {
  return {
    version: row.version,
    document: PolicyDocument.parse(JSON.parse(row.body)),
    author: row.author,
    reason: row.reason,
    createdAt: row.created_at,
  }
}
