import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { LabUser, NewUser } from '../../scripts/lab/domain-controller/index.ts'
import { startTcpProxy } from '../../scripts/lab/tcp-proxy.ts'
import {
  bindAsUser,
  changePassword,
  explainRefusal,
  openDirectory,
  readAccountFacts,
  readPasswordRules,
  readPasswordState,
  setTemporaryPassword,
  unlock,
} from '../../src/directory/index.ts'
import { openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import { agent, codeOf, connectTo, open, temporary, unwrap } from './connections.ts'

let lab: TestLab
let ad: TestLab['directory']

beforeAll(async () => {
  lab = await openLab()
  ad = lab.directory
})

const fresh = () => `Fresh-${uniqueName('word')}-9`
const newUser = (more: Partial<NewUser> = {}) =>
  ad.createUser({ name: uniqueName('write'), ...more })

/** How a sign-in ends: `ok`, the restriction that stands in its way, or `wrong`. */
async function signIn(user: LabUser, password: string): Promise<string> {
  const result = await bindAsUser(connectTo(ad), user.userPrincipalName, password)
  return result.ok ? 'ok' : (result.error.restriction ?? 'wrong')
}

describe('the temporary password', () => {
  test('is set by a single modify, together with must-change', async () => {
    const user = await newUser()
    const certificate = await lab.authority.issue({ commonName: ad.host, names: [ad.host] })
    const proxy = await startTcpProxy({
      target: { host: ad.address, port: 636 },
      tls: { ...certificate, towardsTarget: { ca: ad.caPem, servername: ad.host } },
    })
    onTestFinished(proxy.stop)
    const controller = { host: ad.host, address: proxy.host, port: proxy.port }
    const connection = unwrap(await openDirectory({ ...connectTo(ad), controller }))
    unwrap(await setTemporaryPassword(connection, user.dn, temporary))
    await connection.close()
    const modifies = messages(proxy.recorded('toTarget')).filter(
      ({ operation }) => operation === 0x66,
    )
    expect(modifies).toHaveLength(1)
    for (const attribute of ['unicodePwd', 'pwdLastSet', 'lockoutTime']) {
      expect(modifies[0]?.bytes.includes(attribute), attribute).toBe(true)
    }
  })

  test('lets nobody in, and is over after one change', async () => {
    const user = await newUser()
    unwrap(await setTemporaryPassword(await open(ad), user.dn, temporary))
    expect(await signIn(user, temporary)).toBe('must_change')
    expect(await signIn(user, user.password)).toBe('wrong')
    const connection = await open(ad, agent(ad))
    const chosen = fresh()
    unwrap(await changePassword(connection, user.dn, temporary, chosen))
    expect(await signIn(user, chosen)).toBe('ok')
    expect(await signIn(user, user.password)).toBe('wrong')
    expect(codeOf(await changePassword(connection, user.dn, temporary, fresh()))).toBe(
      'old_password_wrong',
    )
  })

  test('is, as the previous one, still good for signing in for an hour: a rule of NTLM, not ours', async () => {
    const user = await newUser()
    unwrap(await setTemporaryPassword(await open(ad), user.dn, temporary))
    unwrap(await changePassword(await open(ad, agent(ad)), user.dn, temporary, fresh()))
    // OldPasswordAllowedPeriod. Whoever holds it can sign in, but not change the password with it.
    expect(await signIn(user, temporary)).toBe('ok')
  })

  test('is dead once another one took its place', async () => {
    const user = await newUser()
    const connection = await open(ad)
    unwrap(await setTemporaryPassword(connection, user.dn, temporary))
    unwrap(await setTemporaryPassword(connection, user.dn, `${temporary}2`))
    const change = changePassword(await open(ad, agent(ad)), user.dn, temporary, fresh())
    expect(codeOf(await change)).toBe('old_password_wrong')
  })

  test('would let its holder in where passwords never expire: must-change has no effect there', async () => {
    const user = await newUser({ passwordNeverExpires: true })
    unwrap(await setTemporaryPassword(await open(ad), user.dn, temporary))
    expect(await signIn(user, temporary)).toBe('ok')
  })

  test('lifts a lockout, and so does unlock, which changes nothing else', async () => {
    const user = await newUser()
    await ad.createPso(uniqueName('pso'), 50, { lockoutThreshold: 2, lockoutMinutes: 30 }, [
      user.name,
    ])
    const connection = await open(ad)
    const lockOut = async () => {
      for (const wrong of ['one', 'two', 'three']) await signIn(user, wrong)
      expect(unwrap(await readAccountFacts(connection, user, Date.now())).lockedOut).toBe(true)
    }
    await lockOut()
    const before = unwrap(await readPasswordState(connection, user.dn))
    expect(before.lockoutTime).toBeGreaterThan(Date.now() - 60_000)
    unwrap(await unlock(connection, user.dn))
    const after = unwrap(await readPasswordState(connection, user.dn))
    expect(after).toMatchObject({ pwdLastSet: before.pwdLastSet, lockoutTime: null })
    expect(await signIn(user, user.password)).toBe('ok')
    await lockOut()
    unwrap(await setTemporaryPassword(connection, user.dn, temporary))
    expect(unwrap(await readAccountFacts(connection, user, Date.now())).lockedOut).toBe(false)
    expect(await signIn(user, temporary)).toBe('must_change')
  })

  test('reaches an account whose name is full of special characters', async () => {
    const user = await newUser({ commonName: ' #Müller, "Jörg" <j+m>; a=b \\ / 漢 ' })
    unwrap(await setTemporaryPassword(await open(ad), user.dn, temporary))
    const chosen = fresh()
    unwrap(await changePassword(await open(ad, agent(ad)), user.dn, temporary, chosen))
    expect(await signIn(user, chosen)).toBe('ok')
  })
})

describe('a refused password', () => {
  /** A user in the middle of a reset, or not, and what the controller says of a candidate. */
  async function refusalOf(password: string, more: Partial<NewUser> = {}, reset = true) {
    const user = await newUser(more)
    const connection = await open(ad)
    if (reset) unwrap(await setTemporaryPassword(connection, user.dn, temporary))
    const facts = unwrap(await readAccountFacts(connection, user, Date.now()))
    const rules = unwrap(await readPasswordRules(connection, facts, ad.baseDn))
    const old = reset ? temporary : user.password
    const wanted = password === 'the present one' ? user.password : password
    const byAgent = await open(ad, agent(ad))
    const refused = await changePassword(byAgent, user.dn, old, wanted)
    expect(codeOf(refused)).toBe('password_refused')
    if (refused.ok) throw new Error('was accepted')
    const candidate = { ...facts, password: wanted, now: Date.now() }
    return { user, byAgent, reasons: explainRefusal(refused.error, rules, candidate) }
  }

  test.each([
    ['aB3#', ['too_short']],
    ['nothing but words', ['complexity']],
    ['short', ['too_short', 'complexity']],
    ['the present one', ['history']],
  ])('%j is explained by %j, and a better one works', async (password, reasons) => {
    const refused = await refusalOf(password)
    expect(refused.reasons).toEqual(reasons)
    const chosen = fresh()
    unwrap(await changePassword(refused.byAgent, refused.user.dn, temporary, chosen))
    expect(await signIn(refused.user, chosen)).toBe('ok')
  })

  test('is too young when the present one is not a temporary one', async () => {
    const refused = await refusalOf(fresh(), {}, false)
    expect(refused.reasons).toEqual(['too_young'])
    await ad.setPasswordAge(refused.user.dn, 2 * 86_400_000)
    const { dn, password } = refused.user
    expect(codeOf(await changePassword(refused.byAgent, dn, password, fresh()))).toBe('ok')
  })

  test('is explained by the fine-grained policy, even one that may not be read', async () => {
    const name = uniqueName('fine')
    const user = await ad.createUser({ name })
    await ad.createPso(uniqueName('pso'), 70, { minLength: 14, minAgeDays: 0 }, [name])
    const connection = await open(ad)
    unwrap(await setTemporaryPassword(connection, user.dn, temporary))
    const facts = unwrap(await readAccountFacts(connection, user, Date.now()))
    const rules = unwrap(await readPasswordRules(connection, facts, ad.baseDn))
    expect(rules.certain).toBe(false)
    const password = 'Only-12-long'
    const refused = await changePassword(await open(ad, agent(ad)), user.dn, temporary, password)
    if (refused.ok) throw new Error('was accepted')
    const now = Date.now()
    expect(explainRefusal(refused.error, rules, { ...facts, password, now })).toEqual(['too_short'])
  })

  test('is never one that nobody could type again', async () => {
    const user = await newUser()
    const connection = await open(ad, agent(ad))
    for (const [password, code] of [
      ['', 'empty_password'],
      ['Half-\ud83d-9', 'password_refused'],
      ['Cut-\0-short-9', 'password_refused'],
    ] as const) {
      expect(codeOf(await changePassword(connection, user.dn, user.password, password))).toBe(code)
    }
    expect(await signIn(user, user.password)).toBe('ok')
  })

  test.each([
    'Zwölf Boxkämpfer 7',
    ' spaces at both ends 7A ',
    'Эй, жлоб 42',
    '漢字 🔑 Kanji 1',
    'a"B"c 12345',
    'e\u0301 combining 9A',
  ])('is not %j: it round-trips as typed', async (password) => {
    const user = await newUser()
    unwrap(await setTemporaryPassword(await open(ad), user.dn, temporary))
    unwrap(await changePassword(await open(ad, agent(ad)), user.dn, temporary, password))
    expect(await signIn(user, password)).toBe('ok')
  })
})

/** The LDAP messages (RFC 4511 §4.1.1) in a stream, by the tag of their operation. */
function messages(stream: Buffer): { operation: number; bytes: Buffer }[] {
  const found = []
  for (let at = 0; at < stream.length; ) {
    const outer = lengthAt(stream, at + 1)
    const end = outer.next + outer.length
    const id = lengthAt(stream, outer.next + 1)
    found.push({ operation: stream[id.next + id.length] ?? 0, bytes: stream.subarray(at, end) })
    at = end
  }
  return found
}

/** A BER length (X.690 §8.1.3). */
function lengthAt(stream: Buffer, at: number): { length: number; next: number } {
  const first = stream[at] ?? 0
  if (first < 0x80) return { length: first, next: at + 1 }
  const count = first & 0x7f
  return { length: stream.readUIntBE(at + 1, count), next: at + 1 + count }
}
