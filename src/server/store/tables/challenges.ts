import type { ChallengeStore } from '../../domain/ports/challenges.ts'
import type { Database } from '../schema.ts'

export function challengeStore(db: Database): ChallengeStore {
  return {
    async put({ subject, codeHash, expiresAt }) {
      const columns = { code_hash: codeHash, expires_at: expiresAt }
      await db
        .insertInto('challenges')
        .values({ subject, ...columns })
        .onConflict((conflict) => conflict.column('subject').doUpdateSet(columns))
        .execute()
    },
    async find(subject, now) {
      const row = await db
        .selectFrom('challenges')
        .selectAll()
        .where('subject', '=', subject)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return row === undefined
        ? null
        : { subject, codeHash: row.code_hash, expiresAt: row.expires_at }
    },
    async spend(subject, codeHash, now) {
      const { numDeletedRows } = await db
        .deleteFrom('challenges')
        .where('subject', '=', subject)
        .where('code_hash', '=', codeHash)
        .where('expires_at', '>', now)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
    async remove(subject) {
      await db.deleteFrom('challenges').where('subject', '=', subject).execute()
    },
  }
}
