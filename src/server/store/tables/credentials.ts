import type { Selectable } from 'kysely'
import type { CredentialRecord, CredentialStore } from '../../domain/ports/credentials.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

export function credentialStore(db: Database): CredentialStore {
  const credentials = db.selectFrom('credentials').selectAll()
  return {
    async insert(credential) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('credentials')
        .values(toRow(credential))
        .onConflict((conflict) => conflict.column('credential_id').doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    async find(credentialId) {
      const row = await credentials.where('credential_id', '=', credentialId).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(accountId) {
      const rows = await credentials
        .where('account_id', '=', accountId)
        .orderBy('credential_id')
        .execute()
      return rows.map(fromRow)
    },
    async use({ credentialId, methodId }, { counter, backedUp }, now) {
      const usable = db
        .selectFrom('methods')
        .select('id')
        .where('id', '=', methodId)
        .where('confirmed_at', 'is not', null)
        .where('suspended_at', 'is', null)
      const used = await db
        .updateTable('credentials')
        .set({ counter, backed_up: Number(backedUp) })
        .where('credential_id', '=', credentialId)
        // WebAuthn L3 §6.1.1: an authenticator without a counter always says 0.
        .where('counter', counter === 0 ? '=' : '<', counter)
        .where('method_id', 'in', usable)
        .executeTakeFirstOrThrow()
      if (!changedOne(used)) return false
      const methods = db.updateTable('methods').set({ last_used_at: now })
      await methods.where('id', '=', methodId).execute()
      return true
    },
  }
}

function toRow(credential: CredentialRecord): Selectable<Schema['credentials']> {
  return {
    credential_id: credential.credentialId,
    method_id: credential.methodId,
    account_id: credential.accountId,
    public_key: credential.publicKey,
    counter: credential.counter,
    aaguid: credential.aaguid,
    backup_eligible: Number(credential.backupEligible),
    backed_up: Number(credential.backedUp),
    transports: JSON.stringify(credential.transports),
    user_handle: credential.userHandle,
  }
}

function fromRow(row: Selectable<Schema['credentials']>): CredentialRecord {
  return {
    credentialId: row.credential_id,
    methodId: row.method_id,
    accountId: row.account_id,
    publicKey: row.public_key,
    counter: row.counter,
    aaguid: row.aaguid,
    backupEligible: row.backup_eligible === 1,
    backedUp: row.backed_up === 1,
    transports: JSON.parse(row.transports),
    userHandle: row.user_handle,
  }
}
