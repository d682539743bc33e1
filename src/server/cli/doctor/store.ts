import type { ServerConfig } from '../../config/load.ts'
import { storeConfigFrom } from '../../config/store.ts'
import { openStore } from '../../store/open-store.ts'
import { sentenceFor } from '../terminal.ts'
import { type Finding, failed, fine } from './finding.ts'

const check = 'store'

/** Whether the store is there, of the right version, and takes a durable write. */
export async function checkStore(config: ServerConfig): Promise<Finding[]> {
  const startedAt = performance.now()
  try {
    const store = await openStore(storeConfigFrom(config))
    try {
      await store.ping()
    } finally {
      await store.close()
    }
    const elapsed = Math.round(performance.now() - startedAt)
    return [fine(check, `${config.file.store.engine}, opened and written to in ${elapsed} ms`)]
  } catch (error) {
    return [explain(sentenceFor(error))]
  }
}

/** The store's sentences say what is wrong, and after the colon the way out. */
function explain(sentence: string): Finding {
  const [, what = sentence, way = 'See the log.'] = /^([^:]*): (.*)$/.exec(sentence) ?? []
  return failed(check, what, `${way.charAt(0).toUpperCase()}${way.slice(1)}`)
}
