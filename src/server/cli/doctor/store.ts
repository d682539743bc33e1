import { checkMasterKeys, MasterKeyError, missingKeysSentence } from '../../check-master-keys.ts'
import type { ServerConfig } from '../../config/load.ts'
import { storeConfigFrom } from '../../config/store.ts'
import { type OpenStore, openStore } from '../../store/open-store.ts'
import { sentenceFor } from '../terminal.ts'
import { type Finding, failed, fine, warning } from './finding.ts'

const check = 'store'

/**
 * Whether the store is there, of the right version, takes a durable write, and was sealed with the
 * master keys that are configured.
 */
export async function checkStore(config: ServerConfig): Promise<Finding[]> {
  const startedAt = performance.now()
  try {
    const store = await openStore(storeConfigFrom(config))
    try {
      await store.ping()
      const elapsed = Math.round(performance.now() - startedAt)
      return [
        fine(check, `${config.file.store.engine}, opened and written to in ${elapsed} ms`),
        ...(await checkKeys(store, config)),
      ]
    } finally {
      await store.close()
    }
  } catch (error) {
    return [explain(check, sentenceFor(error))]
  }
}

async function checkKeys(store: OpenStore, { secrets }: ServerConfig): Promise<Finding[]> {
  const check = 'master key'
  try {
    const missing = await checkMasterKeys(store.keyChecks, secrets.masterKeys)
    if (missing.length === 0) return []
    return [warning(check, missingKeysSentence(missing), 'Put it back into masterKeys.')]
  } catch (error) {
    if (error instanceof MasterKeyError) return [explain(check, error.message)]
    throw error
  }
}

/** The store's sentences say what is wrong, and after the colon the way out. */
function explain(check: string, sentence: string): Finding {
  const [, what = sentence, way = 'See the log.'] = /^([^:]*): (.*)$/.exec(sentence) ?? []
  return failed(check, what, `${way.charAt(0).toUpperCase()}${way.slice(1)}`)
}
