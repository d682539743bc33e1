import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { RelayKeyRecord } from '../../domain/ports/relay-keys.ts'

const lifetimeMs = 24 * 60 * 60_000

/** The key that new passwords are sealed to; a fresh one every day, so that an old one opens little. */
export async function currentRelayKey({
  now,
  secrets,
  store,
}: Pick<ServerDependencies, 'now' | 'secrets' | 'store'>): Promise<RelayKeyRecord> {
  const current = await store.transaction((tx) => tx.relayKeys.current())
  if (current !== null && now() < current.createdAt + lifetimeMs) return current
  const fresh = await secrets.newRelayKey(now())
  await store.transaction(async (tx) => {
    await tx.relayKeys.insert(fresh)
    // Recoveries that were planned with it still find it by its id.
    if (current !== null) await tx.relayKeys.retire(current.keyId, now())
  })
  return fresh
}
