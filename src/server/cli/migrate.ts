import { parseArgs } from 'node:util'
import { storeConfigFrom } from '../config/store.ts'
import { migrateStore } from '../store/open-store.ts'
import { type Command, complain, configFor, say, sentenceFor } from './terminal.ts'

export const migrate: Command = {
  summary: 'create the store’s tables or bring them up to date',
  usage: 'latchkey-server migrate --config FILE',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string' } } })
    const config = configFor(values.config)
    if (config === null) return 1
    try {
      const { from, to } = await migrateStore(storeConfigFrom(config))
      const news = from === 0 ? `The store was created at version ${to}.` : null
      say(news ?? (from === to ? `The store is at version ${to} already.` : `${from} -> ${to}`))
      return 0
    } catch (error) {
      complain(sentenceFor(error))
      return 1
    }
  },
}
