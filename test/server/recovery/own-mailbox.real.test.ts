import { afterAll, beforeAll, expect, test } from 'vitest'
import { blindMailbox } from '../../../src/server/features/recovery/own-mailbox.ts'
import { uniqueName } from '../../helpers/lab.ts'
import { start } from './caller.ts'
import { type Harness, openHarness } from './harness.ts'

let harness: Harness

beforeAll(async () => {
  harness = await openHarness()
})

afterAll(() => harness?.close())

test('a recovery keeps every address of the account’s own mailbox, and none of them open', async () => {
  const alias = `${uniqueName('alias')}@other.example`
  const person = await harness.hire({
    attributes: { proxyAddresses: [`smtp:${alias}`, 'X500:/o=Example'] },
  })
  const caller = await start(harness, person.account)
  await caller.challenge()
  const row = await harness.read((tx) => tx.recoveries.find(caller.recoveryId))
  // Here `mail` and the UPN are one.
  const { secrets } = harness.parts.dependencies
  const own = [`${person.account}@corp.example.com`, alias]
  expect(row?.account?.ownMailboxes).toEqual(own.map((one) => blindMailbox(secrets, one)))
  expect(JSON.stringify(row)).not.toContain(alias)
})
