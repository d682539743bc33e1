import { beforeAll, expect, test } from 'vitest'
import type { NewUser } from '../../scripts/lab/domain-controller/index.ts'
import { bindAsUser } from '../../src/directory/index.ts'
import { openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import { codeOf, connectTo, controllerOf } from './connections.ts'

let ad: TestLab['directory']

beforeAll(async () => {
  ad = (await openLab()).directory
})

async function signIn(user: Partial<NewUser>, password?: string) {
  const made = await ad.createUser({ name: uniqueName('bind'), ...user })
  return bindAsUser(connectTo(ad), made.userPrincipalName, password ?? made.password)
}

test('refuses a wrong password and an unknown name alike', async () => {
  const wrong = await signIn({}, 'not-it')
  const unknown = await bindAsUser(connectTo(ad), 'nobody@corp.example.com', 'not-it')
  expect(wrong).toEqual(unknown)
  expect(wrong).toMatchObject({ ok: false, error: { code: 'invalid_credentials' } })
  expect(wrong.ok || wrong.error.restriction).toBeUndefined()
})

test.each([
  ['must_change', { mustChange: true }],
  ['disabled', { disabled: true }],
  ['account_expired', { accountExpiresAt: Date.now() - 3_600_000 }],
  // No hour of the week is allowed ([MS-SAMR] 2.2.6.5).
  ['logon_hours', { attributes: { logonHours: Buffer.alloc(21) } }],
] as const)('names the restriction %s', async (restriction, user) => {
  expect(await signIn(user)).toMatchObject({
    ok: false,
    error: { code: 'invalid_credentials', restriction },
  })
})

test('names an expired password', async () => {
  const user = await ad.createUser({ name: uniqueName('old') })
  await ad.setPasswordAge(user.dn, 60 * 86_400_000)
  expect(await bindAsUser(connectTo(ad), user.userPrincipalName, user.password)).toMatchObject({
    error: { code: 'invalid_credentials', restriction: 'password_expired' },
  })
})

test('names a lockout', async () => {
  const user = await ad.createUser({ name: uniqueName('lock') })
  await ad.createPso(uniqueName('pso'), 40, { lockoutThreshold: 2, lockoutMinutes: 30 }, [
    user.name,
  ])
  for (const wrong of ['one', 'two', 'three']) {
    await bindAsUser(connectTo(ad), user.userPrincipalName, wrong)
  }
  expect(await bindAsUser(connectTo(ad), user.userPrincipalName, user.password)).toMatchObject({
    error: { code: 'invalid_credentials', restriction: 'locked_out' },
  })
})

test('lets the right password in: by principal name, DOMAIN\\user and DN', async () => {
  const user = await ad.createUser({ name: uniqueName('in') })
  for (const name of [user.userPrincipalName, `CORP\\${user.name}`, user.dn]) {
    expect(codeOf(await bindAsUser(connectTo(ad), name, user.password)), name).toBe('ok')
  }
})

test('asks the next controller only when one does not answer', async () => {
  const user = await ad.createUser({ name: uniqueName('next') })
  const dead = { ...controllerOf(ad), port: 6 }
  const options = { ...connectTo(ad), controllers: [dead, controllerOf(ad)] }
  expect(codeOf(await bindAsUser(options, user.userPrincipalName, user.password))).toBe('ok')
  expect(codeOf(await bindAsUser({ ...options, controllers: [dead] }, user.dn, 'x'))).toBe(
    'unreachable',
  )
  expect(codeOf(await bindAsUser({ ...options, controllers: [] }, user.dn, 'x'))).toBe(
    'unreachable',
  )
})
