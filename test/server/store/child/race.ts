// Opens the store, waits for its parent's word and tries to spend the same identifiers as its
// siblings. Prints the ones that it got.
import { once } from 'node:events'
import { openStore } from '../../../../src/server/store/open-store.ts'
import { hour, now } from '../records.ts'

const [config = '', identifiers = '0'] = process.argv.slice(2)
const store = await openStore(JSON.parse(config))
process.stdout.write('ready\n')
await once(process.stdin, 'data')

const attempts = Array.from({ length: Number(identifiers) }, (_, index) =>
  store.transaction(async (tx) => {
    const won = await tx.spend('dpop', `jti-${index}`, now + hour)
    const fields = { recoveryId: `jti-${index}`, accountId: null }
    if (won) await tx.audit({ event: 'recovery.expired', at: now, fields })
    return won ? [index] : []
  }),
)
process.stdout.write(`${JSON.stringify((await Promise.all(attempts)).flat())}\n`)
await store.close()
process.exit(0)
