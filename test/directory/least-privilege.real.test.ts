import { Attribute, Change } from 'ldapts'
import { beforeAll, describe, expect, test } from 'vitest'
import type { LabUser, NewUser } from '../../scripts/lab/domain-controller/index.ts'
import {
  bindAsUser,
  changePassword,
  readPasswordState,
  setTemporaryPassword,
  unlock,
} from '../../src/directory/index.ts'
import { openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import { agent, codeOf, connectTo, open, temporary } from './connections.ts'

// What the two accounts may do is for the directory to say, and it says so on every controller: no
// workstation holds anything that can reset a password, and the backend nothing that can do more.

let ad: TestLab['directory']

beforeAll(async () => {
  ad = (await openLab()).directory
})

const fresh = () => `Fresh-${uniqueName('word')}-9`
const newUser = (more: Partial<NewUser> = {}) =>
  ad.createUser({ name: uniqueName('least'), ...more })

/** How a sign-in ends: `ok`, the restriction that stands in its way, or `wrong`. */
async function signIn(user: LabUser, password: string): Promise<string> {
  const result = await bindAsUser(connectTo(ad), user.userPrincipalName, password)
  return result.ok ? 'ok' : (result.error.restriction ?? 'wrong')
}

describe('the agent account', () => {
  test('cannot reset anybody', async () => {
    const user = await newUser()
    const connection = await open(ad, agent(ad))
    for (const dn of [user.dn, ad.serviceAccount.dn, `CN=Administrator,CN=Users,${ad.baseDn}`]) {
      expect(await setTemporaryPassword(connection, dn, temporary)).toMatchObject({
        error: { code: 'insufficient_access', detail: expect.stringMatching(/^LDAP 50:/) },
      })
    }
    expect(codeOf(await unlock(connection, user.dn))).toBe('insufficient_access')
    expect(await signIn(user, user.password)).toBe('ok')
  })

  test('cannot change a password that it does not know', async () => {
    const user = await newUser()
    const connection = await open(ad, agent(ad))
    expect(codeOf(await changePassword(connection, user.dn, 'not-it', fresh()))).toBe(
      'old_password_wrong',
    )
    expect(await signIn(user, user.password)).toBe('ok')
  })

  test('cannot change it for a user who may not', async () => {
    const user = await newUser()
    const right = 'ab721a53-1e2f-11d0-9819-00aa0040529b'
    const sddl = `--sddl=(OD;;CR;${right};;WD)(OD;;CR;${right};;PS)`
    await ad.samba(['dsacl', 'set', `--objectdn=${user.dn}`, sddl])
    const connection = await open(ad, agent(ad))
    expect(codeOf(await changePassword(connection, user.dn, user.password, fresh()))).toBe(
      'insufficient_access',
    )
  })
})

describe('the service account', () => {
  const replace = (type: string, value: string) => [
    new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) }),
  ]

  test.each([
    ['displayName', 'Somebody Else'],
    ['mail', 'thief@example.org'],
    ['userPrincipalName', 'thief@corp.example.com'],
    ['userAccountControl', '66048'],
    ['servicePrincipalName', 'http/thief'],
    ['accountExpires', '0'],
    ['adminCount', '0'],
  ])('cannot write %s', async (attribute, value) => {
    const user = await newUser()
    const refused = await (await open(ad)).modify(user.dn, replace(attribute, value))
    expect(codeOf(refused)).toBe('insufficient_access')
  })

  test('cannot put anybody into a group', async () => {
    const connection = await open(ad)
    const change = replace('member', ad.serviceAccount.dn)
    for (const group of [
      await ad.createGroup(uniqueName('group')),
      `CN=Domain Admins,CN=Users,${ad.baseDn}`,
    ]) {
      expect(codeOf(await connection.modify(group, change))).toBe('insufficient_access')
    }
  })

  test('cannot touch an account of another OU, nor the agent, nor itself by reset', async () => {
    const outsider = await newUser({ parent: ad.outsideOu })
    const connection = await open(ad)
    for (const dn of [outsider.dn, ad.agentAccount.dn, ad.serviceAccount.dn]) {
      expect(codeOf(await setTemporaryPassword(connection, dn, temporary)), dn).toBe(
        'insufficient_access',
      )
      expect(codeOf(await unlock(connection, dn)), dn).toBe('insufficient_access')
    }
    expect(await signIn(outsider, outsider.password)).toBe('ok')
  })

  test('is told when there is no such account', async () => {
    const gone = `CN=${uniqueName('gone')},${ad.usersOu}`
    expect(codeOf(await setTemporaryPassword(await open(ad), gone, temporary))).toBe('not_found')
    expect(codeOf(await readPasswordState(await open(ad), gone))).toBe('not_found')
  })
})
