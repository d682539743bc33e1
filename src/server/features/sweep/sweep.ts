import type { ServerDependencies } from '../../domain/dependencies.ts'
import { expireRecoveries } from './expire.ts'
import { settleWrite } from './settle-write.ts'

const atOnce = 20
/** Purging looks at every table, so not each time. */
const purgeEveryMs = 60_000

/**
 * One round of tidying up: writes that nobody finished, recoveries whose time is over, rows that have
 * outlived their use. Any number of replicas may do it at the same time.
 *
 * @param lastPurge - when rows were purged the last time (milliseconds since the epoch)
 * @returns when rows were purged the last time now
 */
export async function sweep(deps: ServerDependencies, lastPurge: number): Promise<number> {
  const { store } = deps
  const lapsed = await store.transaction((tx) => tx.writes.listLapsed(deps.now(), atOnce))
  for (const entry of lapsed) await settleWrite(deps, entry)
  await expireRecoveries(deps)
  const now = deps.now()
  if (now < lastPurge + purgeEveryMs) return lastPurge
  // One transaction each time, so that nobody waits for all of it.
  while (await store.transaction((tx) => tx.purge(now)));
  return now
}
