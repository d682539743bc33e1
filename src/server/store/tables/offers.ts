import type { OfferStore } from '../../domain/ports/offers.ts'
import { changedOne, type Database } from '../schema.ts'

export function offerStore(db: Database): OfferStore {
  return {
    async insert(offers) {
      if (offers.length === 0) return
      const rows = offers.map((offer, position) => ({
        recovery_id: offer.recoveryId,
        position,
        offer_id: offer.offerId,
        kind: offer.kind,
        proven_at: offer.provenAt,
      }))
      await db.insertInto('offers').values(rows).execute()
    },
    async list(recoveryId) {
      const rows = await db
        .selectFrom('offers')
        .selectAll()
        .where('recovery_id', '=', recoveryId)
        .orderBy('position')
        .orderBy('offer_id')
        .execute()
      return rows.map((row) => ({
        recoveryId: row.recovery_id,
        offerId: row.offer_id,
        kind: row.kind,
        provenAt: row.proven_at,
      }))
    },
    async remove(recoveryId, kind) {
      const query = db.deleteFrom('offers').where('recovery_id', '=', recoveryId)
      await query.where('kind', '=', kind).execute()
    },
    async prove(recoveryId, offerId, now) {
      const query = db
        .updateTable('offers')
        .set({ proven_at: now })
        .where('recovery_id', '=', recoveryId)
        .where('offer_id', '=', offerId)
        .where('proven_at', 'is', null)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
  }
}
