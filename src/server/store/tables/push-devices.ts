import type { Selectable } from 'kysely'
import type { PushDeviceRecord, PushDeviceStore } from '../../domain/ports/push-devices.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

export function pushDeviceStore(db: Database): PushDeviceStore {
  const devices = db.selectFrom('push_devices').selectAll()
  const one = (row: Selectable<Schema['push_devices']> | undefined) =>
    row === undefined ? null : fromRow(row)
  return {
    async insert(device) {
      await db.insertInto('push_devices').values(toRow(device)).execute()
    },
    async find(methodId) {
      return one(await devices.where('method_id', '=', methodId).executeTakeFirst())
    },
    async findByPairing(pairing) {
      return one(await devices.where('pairing', '=', pairing).executeTakeFirst())
    },
    async findByThumbprint(thumbprint) {
      return one(await devices.where('thumbprint', '=', thumbprint).executeTakeFirst())
    },
    async list(accountId) {
      const rows = await devices
        .where('account_id', '=', accountId)
        .orderBy('created_at')
        .orderBy('method_id')
        .execute()
      return rows.map(fromRow)
    },
    async pair(pairing, { thumbprint, number }, now) {
      const query = db
        .updateTable('push_devices')
        .set({ pairing: null, thumbprint, number })
        .where('pairing', '=', pairing)
        .where('pairing_expires_at', '>', now)
        .where('thumbprint', 'is', null)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async subscribe(methodId, subscription, onlyIf) {
      await db
        .updateTable('push_devices')
        .set({ subscription })
        .where('method_id', '=', methodId)
        .$if(onlyIf !== undefined, (query) => query.where('subscription', '=', onlyIf ?? ''))
        .execute()
    },
  }
}

function toRow(device: PushDeviceRecord): Selectable<Schema['push_devices']> {
  return {
    method_id: device.methodId,
    account_id: device.accountId,
    pairing: device.pairing,
    pairing_expires_at: device.pairingExpiresAt,
    number: device.number,
    thumbprint: device.thumbprint,
    subscription: device.subscription,
    created_at: device.createdAt,
  }
}

function fromRow(row: Selectable<Schema['push_devices']>): PushDeviceRecord {
  return {
    methodId: row.method_id,
    accountId: row.account_id,
    pairing: row.pairing,
    pairingExpiresAt: row.pairing_expires_at,
    number: row.number,
    thumbprint: row.thumbprint,
    subscription: row.subscription,
    createdAt: row.created_at,
  }
}
