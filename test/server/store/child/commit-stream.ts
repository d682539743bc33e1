// Commits as fast as it can and prints the number of each transaction once it is acknowledged, until
// it is killed. Its parent compares what was printed with what is found.
import { writeSync } from 'node:fs'
import { openStore } from '../../../../src/server/store/open-store.ts'
import { now, recovery } from '../records.ts'

const writers = 16
const [config = '', prefix = ''] = process.argv.slice(2)
const store = await openStore(JSON.parse(config))
let next = 0

async function write(): Promise<never> {
  for (;;) {
    const id = `${prefix}${next++}`
    await store.transaction(async (tx) => {
      await tx.recoveries.insert(recovery(id))
      const fields = { recoveryId: id, accountId: null }
      await tx.audit({ event: 'recovery.expired', at: now, fields })
    })
    writeSync(1, `${id}\n`)
  }
}

await Promise.all(Array.from({ length: writers }, write))
