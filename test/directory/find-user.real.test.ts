import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { LabUser } from '../../scripts/lab/domain-controller/index.ts'
import { findUser, readDomain } from '../../src/directory/index.ts'
import { openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import { codeOf, open, unwrap } from './connections.ts'

let ad: TestLab['directory']
let user: LabUser
let mail: string

beforeAll(async () => {
  ad = (await openLab()).directory
  mail = `${uniqueName('mail')}@example.org`
  user = await ad.createUser({ name: uniqueName('find'), mail })
})

const find = async (name: string) =>
  findUser(await open(ad), name, { baseDn: ad.baseDn, domains: ['CORP', 'corp.example.com'] })

describe('finds nobody', () => {
  test.each(['*', '*)(cn=*', 'x)(|(cn=*)', '(cn=*)', '\\2a', '%2a', 'CN=ada', '', ' ', 'a\0'])(
    'for %j',
    async (name) => {
      expect(codeOf(await find(name))).toBe('not_found')
    },
  )

  test('for a prefix, a suffix or a pattern of a real name', async () => {
    const { name } = user
    const near = [`${name.slice(0, -1)}*`, `*${name.slice(1)}`, name.slice(0, -1), `${name}\0`]
    for (const typed of [...near, `${name})(objectClass=*`, `OTHER\\${name}`]) {
      expect(codeOf(await find(typed)), typed).toBe('not_found')
    }
  })

  test('for computers, groups and contacts', async () => {
    const group = uniqueName('group')
    await ad.createGroup(group)
    expect(codeOf(await find(group))).toBe('not_found')
    expect(codeOf(await find('DC1$'))).toBe('not_found')
  })

  test('whatever is typed', async () => {
    const connection = await open(ad)
    const typed = fc.oneof(
      fc.stringMatching(/^[()*\\|&!=<>~/:;,#"@ \w]{1,40}$/),
      fc.string({ unit: 'binary', maxLength: 40 }),
    )
    const options = { baseDn: ad.usersOu, domains: ['CORP'] }
    await fc.assert(
      fc.asyncProperty(typed, async (name) => {
        expect(codeOf(await findUser(connection, name, options))).toBe('not_found')
      }),
      { numRuns: 300 },
    )
  })
})

test('does not choose when a name fits two', async () => {
  const twin = uniqueName('twin')
  await ad.createUser({ name: twin, mail: `${twin}@example.org` })
  await ad.createUser({ name: uniqueName('other'), mail: `${twin}@example.org` })
  expect(codeOf(await find(`${twin}@example.org`))).toBe('ambiguous')
})

test('does not let one user take the name of another by the mail attribute', async () => {
  await ad.createUser({ name: uniqueName('thief'), mail: user.userPrincipalName })
  expect(codeOf(await find(user.userPrincipalName))).toBe('ambiguous')
})

test('finds one by account name, principal name, DOMAIN\\name and mail, in any case', async () => {
  const other = await ad.createUser({ name: uniqueName('One'), mail: `${uniqueName('m')}@x.org` })
  const { name, dn } = other
  const spelled = [name, name.toUpperCase(), `CORP\\${name}`, `corp.example.com\\${name}`]
  for (const typed of [...spelled, other.userPrincipalName, `${name}@CORP.EXAMPLE.COM`]) {
    expect(unwrap(await find(typed)).dn, typed).toBe(dn)
  }
  expect(unwrap(await find(mail.toUpperCase())).dn).toBe(user.dn)
})

test('finds the implicit principal name of an account that has another one', async () => {
  const name = uniqueName('implicit')
  const userPrincipalName = `${uniqueName('upn')}@brand.example`
  const { dn } = await ad.createUser({ name, userPrincipalName })
  expect(unwrap(await find(`${name}@corp.example.com`)).dn).toBe(dn)
  expect(unwrap(await find(userPrincipalName)).dn).toBe(dn)
})

test('reads the names of the domain, and who is the PDC emulator', async () => {
  expect(unwrap(await readDomain(await open(ad)))).toEqual({
    baseDn: ad.baseDn,
    dnsName: 'corp.example.com',
    netbiosName: 'CORP',
    upnSuffixes: [],
    pdcHost: ad.host,
  })
})
