import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RecoveryState } from '../../src/contract/recovery.ts'
import type { Stack } from '../helpers/stack.ts'

/**
 * How the recoveries that began since `since` stand in the backend's own store, oldest first. By time,
 * because the store holds no name as it was typed.
 */
export function recoveriesSince({ backend }: Stack, since: number): RecoveryState[] {
  return inStore(backend, (store) => {
    const query = 'select state from recoveries where created_at >= ? order by created_at'
    return store
      .prepare(query)
      .all(since)
      .map(({ state }) => state as RecoveryState)
  })
}

/** Lets the time of all recoveries be over, as far as the backend knows. */
export function runOut({ backend }: Stack): void {
  inStore(backend, (store) =>
    store.prepare('update recoveries set expires_at = ?').run(Date.now() - 1),
  )
}

function inStore<T>({ configFile }: Stack['backend'], use: (store: DatabaseSync) => T): T {
  const store = new DatabaseSync(join(dirname(configFile), 'latchkey.sqlite'))
  store.exec('pragma busy_timeout = 5000')
  try {
    return use(store)
  } finally {
    store.close()
  }
}
