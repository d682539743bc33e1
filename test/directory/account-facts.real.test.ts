import { beforeAll, describe, expect, test } from 'vitest'
import type { LabUser } from '../../scripts/lab/domain-controller/index.ts'
import { readAccountFacts, setTemporaryPassword } from '../../src/directory/index.ts'
import { openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import { codeOf, open, temporary, unwrap } from './connections.ts'

let ad: TestLab['directory']

beforeAll(async () => {
  ad = (await openLab()).directory
})

const day = 86_400_000
const factsOf = async (user: { dn: string }) =>
  unwrap(await readAccountFacts(await open(ad), user, Date.now()))

describe('a protected account', () => {
  test.each([
    ['Domain Admins', 'Users'],
    ['Enterprise Admins', 'Users'],
    ['Schema Admins', 'Users'],
    ['Group Policy Creator Owners', 'Users'],
    ['Administrators', 'Builtin'],
    ['Account Operators', 'Builtin'],
    ['Server Operators', 'Builtin'],
    ['Print Operators', 'Builtin'],
    ['Backup Operators', 'Builtin'],
  ])('is known by %s, three groups deep', async (name, container) => {
    const user = await ad.createUser({ name: uniqueName('deep') })
    const inner = await ad.createGroup(uniqueName('inner'), [user.dn])
    const outer = await ad.createGroup(uniqueName('outer'), [inner])
    expect((await factsOf(user)).protected).toBe(false)
    await ad.addMember(`CN=${name},CN=${container},${ad.baseDn}`, outer)
    const facts = await factsOf(user)
    expect(facts.protected).toBe(true)
    expect(facts.protectedBy).toContain(name)
  })

  test('may be one by its primary group alone', async () => {
    const user = await ad.createUser({ name: uniqueName('primary') })
    await ad.addMember(`CN=Domain Admins,CN=Users,${ad.baseDn}`, user.dn)
    await ad.modify(user.dn, { primaryGroupID: 512 })
    expect((await factsOf(user)).protectedBy).toContain('Domain Admins')
  })

  test.each(['krbtgt', 'Administrator'])('is %s', async (name) => {
    const facts = await factsOf({ dn: `CN=${name},CN=Users,${ad.baseDn}` })
    expect(facts.protectedBy).toContain(name)
  })

  test('is refused by the domain controller too, once AdminSDHolder has cut the inheritance', async () => {
    const connection = await open(ad)
    const user = await ad.createUser({ name: uniqueName('stale') })
    await cutInheritance(user)
    const facts = await factsOf(user)
    // What remains of a membership that ended: a hint, and rights that nobody restored.
    expect(facts).toMatchObject({ adminCount: true, protected: false })
    expect(codeOf(await setTemporaryPassword(connection, user.dn, temporary))).toBe(
      'insufficient_access',
    )
  })

  test('that is outside the delegated OU is refused by the domain controller as well', async () => {
    const connection = await open(ad)
    const administrator = `CN=Administrator,CN=Users,${ad.baseDn}`
    expect(codeOf(await setTemporaryPassword(connection, administrator, temporary))).toBe(
      'insufficient_access',
    )
  })
})

/** What AdminSDHolder leaves on an account: adminCount, and a DACL that inherits nothing. */
async function cutInheritance(user: LabUser): Promise<void> {
  await ad.applyLdif(
    `dn: ${user.dn}\nchangetype: modify\nreplace: adminCount\nadminCount: 1\n-\n` +
      'replace: nTSecurityDescriptor\nnTSecurityDescriptor: O:DAG:DAD:PAI' +
      '(A;;RPLCLORC;;;AU)(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;SY)(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)\n-\n',
  )
}

test('whose group memberships may not be read is not taken for an ordinary one', async () => {
  const connection = await open(ad)
  const user = await ad.createUser({ name: uniqueName('hidden') })
  const blind = {
    ...connection,
    search: async (request: Parameters<typeof connection.search>[0]) =>
      connection.search({
        ...request,
        attributes: request.attributes.filter((name) => name !== 'tokenGroups'),
      }),
  }
  expect(codeOf(await readAccountFacts(blind, user, Date.now()))).toBe('insufficient_access')
})

test('that is gone is not found', async () => {
  const gone = { dn: `CN=${uniqueName('gone')},${ad.usersOu}` }
  expect(codeOf(await readAccountFacts(await open(ad), gone, Date.now()))).toBe('not_found')
})

test('an ordinary account is read in full', async () => {
  const before = Date.now()
  const name = uniqueName('ada')
  const user = await ad.createUser({
    name,
    givenName: 'Ada',
    surname: 'Lovelace',
    displayName: 'Ada King, Countess of Lovelace',
    mail: `${name}@example.com`,
  })
  const facts = await factsOf(user)
  expect(facts).toMatchObject({
    dn: user.dn,
    sAMAccountName: name,
    userPrincipalName: user.userPrincipalName,
    displayName: 'Ada King, Countess of Lovelace',
    givenName: 'Ada',
    surname: 'Lovelace',
    mail: `${name}@example.com`,
    disabled: false,
    expired: false,
    lockedOut: false,
    mustChange: false,
    passwordExpired: false,
    smartcardRequired: false,
    passwordNeverExpires: false,
    cannotChange: false,
    protectedBy: [],
    protected: false,
    protectedUser: false,
    adminCount: false,
    resultantPso: null,
  })
  expect(facts.sid).toBe(await ad.readAttribute(user.dn, 'objectSid'))
  expect(facts.objectGuid).toBe(await ad.readAttribute(user.dn, 'objectGUID'))
  expect(facts.uSNChanged).toBe(await ad.readAttribute(user.dn, 'uSNChanged'))
  expect(facts.pwdLastSet).toBeGreaterThanOrEqual(before - 1)
  expect(facts.passwordExpiresAt).toBe((facts.pwdLastSet ?? 0) + 42 * day)
})

test.each([
  ['disabled', { disabled: true }, { disabled: true }],
  ['expired', { accountExpiresAt: Date.now() - day }, { expired: true }],
  ['about to expire', { accountExpiresAt: Date.now() + day }, { expired: false }],
  ['to change its password', { mustChange: true }, { mustChange: true, passwordExpired: true }],
  ['bound to a smart card', { smartcardRequired: true }, { smartcardRequired: true }],
  [
    'one whose password never expires',
    { passwordNeverExpires: true },
    { passwordNeverExpires: true, passwordExpiresAt: null },
  ],
])('an account is known to be %s', async (_, options, expected) => {
  const user = await ad.createUser({ name: uniqueName('state'), ...options })
  expect(await factsOf(user)).toMatchObject(expected)
})

test('an account whose user cannot change the password is known', async () => {
  const user = await ad.createUser({ name: uniqueName('cannot') })
  const right = 'ab721a53-1e2f-11d0-9819-00aa0040529b'
  const denied = `(OD;;CR;${right};;WD)(OD;;CR;${right};;PS)`
  await ad.samba(['dsacl', 'set', `--objectdn=${user.dn}`, `--sddl=${denied}`])
  expect((await factsOf(user)).cannotChange).toBe(true)
})

test('a member of Protected Users is known, and may recover', async () => {
  const user = await ad.createUser({ name: uniqueName('limited') })
  await ad.addMember(`CN=Protected Users,CN=Users,${ad.baseDn}`, user.dn)
  expect(await factsOf(user)).toMatchObject({ protectedUser: true, protected: false })
})
