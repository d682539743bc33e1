import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLab, uniqueName } from '../../helpers/lab.ts'
import { load } from '../breached/lists.ts'
import { planned } from '../recovery/caller.ts'
import { type Harness, openHarness } from '../recovery/harness.ts'

// A helper checks before it seals. Whoever leaves that out is refused all the same, before the old
// password is replaced.

const leaked = 'Leaked-long-ago-77'
const good = 'Tulip 7 anchor cedar'

let harness: Harness
let index: string

beforeAll(async () => {
  const { folder } = await openLab()
  index = join(folder, uniqueName('breached'))
  await reload()
  harness = await openHarness({
    sections: {
      policy: { minLength: 10, bannedWords: ['Fabrikam'] },
      passwords: { breachedIndex: index },
    },
  })
})

afterAll(() => harness?.close())

async function reload(): Promise<void> {
  const words = `${index}.txt`
  writeFileSync(words, `${leaked}\n`)
  await load(words, index, 'words')
}

async function planRelay() {
  const person = await harness.hire()
  const { caller, plan } = await planned(harness, person, [])
  return { caller, plan }
}

test('a plan tells the words of the organisation, and what is done about leaked passwords', async () => {
  const { plan } = await planRelay()
  expect(plan).toMatchObject({
    rules: { minLength: 10, bannedWords: ['Fabrikam', 'Example'], breached: 'refuse' },
  })
})

test.each([
  [leaked, 'breached'],
  ['My-F4br1k4m-77-x', 'banned_word'],
  ['Our-EXAMPLE-77-x', 'banned_word'],
])('%s is refused as %s, before anything is written', async (password, reason) => {
  const { caller, plan } = await planRelay()
  expect(await caller.relay(plan, password)).toMatchObject({
    status: 422,
    body: { code: 'password_refused', refused: [reason] },
  })
  expect((await caller.send('GET', '')).body).toMatchObject({ state: 'planned' })
  const events = (await harness.audit(caller.recoveryId)).map(({ event }) => event)
  expect(events).not.toContain('recovery.commit_intended')
  expect(await caller.relay(plan, good)).toMatchObject({ status: 200 })
})

test('nothing is written while the list cannot be read, and everything once it can', async () => {
  const { caller, plan } = await planRelay()
  rmSync(index)
  harness.pass(10_000)
  expect(await caller.relay(plan, good)).toMatchObject({
    status: 503,
    body: { code: 'breached_list_unavailable' },
  })
  expect((await caller.send('GET', '')).body).toMatchObject({ state: 'planned' })
  expect(harness.logged).toContainEqual(
    expect.objectContaining({ event: 'breached_list_unavailable' }),
  )
  await reload()
  expect(await caller.relay(plan, good)).toMatchObject({ status: 200 })
})
