import type { DpopKey } from '../../sealing/dpop.ts'

const databaseName = 'latchkey-phone'
const storeName = 'keys'
/** One phone answers for one account. */
const id = 'own'

/**
 * The key that signs this phone's answers. SECURITY: the browser keeps it, and lets nobody read it: it
 * was made not to be exported, so a copy of this database signs nothing anywhere else.
 */
export async function loadKey(): Promise<DpopKey | null> {
  return ((await during('readonly', (keys) => keys.get(id))) as DpopKey | undefined) ?? null
}

export async function saveKey(key: DpopKey): Promise<void> {
  await during('readwrite', (keys) => keys.put(key, id))
  // Asked for, so that the browser does not throw the key away when it is short of space.
  await navigator.storage?.persist?.().catch(() => false)
}

export async function forgetKey(): Promise<void> {
  await during('readwrite', (keys) => keys.delete(id))
}

async function during(
  mode: IDBTransactionMode,
  work: (keys: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await open()
  try {
    const transaction = database.transaction(storeName, mode)
    const request = work(transaction.objectStore(storeName))
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(storeName)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
