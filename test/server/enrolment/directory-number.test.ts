import { expect, onTestFinished, test } from 'vitest'
import { listMethods } from '../../../src/server/features/enrolment/list-methods.ts'
import { freeze } from '../session/frozen.ts'

/** Whether somebody with an app alone is told that they could recover. */
async function isReady(mobile: string | null, allowDirectoryPhone: boolean): Promise<boolean> {
  const frozen = await freeze({ methods: ['totp', 'sms'], allowDirectoryPhone })
  onTestFinished(() => frozen.stop())
  frozen.directorySays({ mobile })
  const { session } = await frozen.open()
  const { accountId } = session
  const { secrets, store } = frozen.deps
  const id = secrets.newId()
  const secret = secrets.sealMethodSecret({ id, accountId }, 'SEED')
  const times = { createdAt: 1, confirmedAt: 1, lastUsedAt: null, lastStep: 0, suspendedAt: null }
  await store.transaction((tx) =>
    tx.methods.insert({ id, accountId, kind: 'totp', label: 'Phone', secret, ...times }),
  )
  return (await listMethods(frozen.deps, session)).recoverable
}

test.each([
  ['that policy does not let people use', '+49 170 1234567', false],
  ['that is not there', null, true],
  ['of another country', '+44 7400 123456', true],
  ['of a fixed line', '+49 30 1234567', true],
  ['that is no number', 'ask at the desk', true],
])('nobody is called ready by a number of the directory %s', async (_, mobile, allowed) => {
  expect(await isReady(mobile, allowed)).toBe(false)
})

test('somebody with an app and a number in the directory is ready', async () => {
  expect(await isReady('0170 1234567', true)).toBe(true)
})
