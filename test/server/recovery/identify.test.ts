import { expect, it, onTestFinished } from 'vitest'
import { rememberAccount } from '../../../src/server/features/recovery/identify.ts'
import { freeze } from '../session/frozen.ts'
import { account, recovery } from '../store/records.ts'

it('goes on with the answer that was kept, when two requests asked the directory at once', async () => {
  const frozen = await freeze()
  onTestFinished(() => frozen.stop())
  const asRead = recovery('raced')
  const other = { ...account, accountId: 'somebody-else' }
  const [first, second, third] = await frozen.deps.store.transaction(async (tx) => {
    await tx.recoveries.insert(asRead)
    return [
      await rememberAccount(tx, asRead, account),
      await rememberAccount(tx, asRead, other),
      await rememberAccount(tx, asRead, null),
    ]
  })
  expect([first, second, third]).toEqual([account, account, account])
})
