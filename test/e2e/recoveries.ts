import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RecoveryState } from '../../src/contract/recovery.ts'
import type { Stack } from '../helpers/stack.ts'

/** How the recoveries of an account stand in the backend's own store, oldest first. */
export function recoveriesOf({ backend }: Stack, account: string): RecoveryState[] {
  return inStore(backend, (store) => {
    const query = 'select state from recoveries where account_typed = ? order by created_at'
    return store
      .prepare(query)
      .all(account)
      .map(({ state }) => state as RecoveryState)
  })
}

/** Lets the time of an account's recoveries be over, as far as the backend knows. */
export function runOut({ backend }: Stack, account: string): void {
  inStore(backend, (store) =>
    store
      .prepare('update recoveries set expires_at = ? where account_typed = ?')
      .run(Date.now() - 1, account),
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
