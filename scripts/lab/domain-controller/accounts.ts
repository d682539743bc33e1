import { randomBytes } from 'node:crypto'
import {
  addRecord,
  addValuesRecord,
  escapeName,
  type LdifAttributes,
  replaceRecord,
  unicodePassword,
} from './ldif.ts'
import type { SambaTools } from './samba-tool.ts'

export type NewUser = {
  /** sAMAccountName. */
  name: string
  password?: string
  /** The name of the entry itself; the account name when left out. */
  commonName?: string
  userPrincipalName?: string
  givenName?: string
  surname?: string
  displayName?: string
  mail?: string
  /** Distinguished name of the OU; the delegated one when left out. */
  parent?: string
  mustChange?: boolean
  disabled?: boolean
  smartcardRequired?: boolean
  passwordNeverExpires?: boolean
  /** Milliseconds since the epoch. */
  accountExpiresAt?: number
  attributes?: LdifAttributes
}

export type LabUser = { name: string; dn: string; userPrincipalName: string; password: string }

export type Accounts = {
  createUser: (user: NewUser) => Promise<LabUser>
  /** Many at once, in one transaction. */
  createUsers: (users: NewUser[]) => Promise<LabUser[]>
  /** Answers the group's distinguished name. */
  createGroup: (name: string, members?: string[], parent?: string) => Promise<string>
  addMember: (groupDn: string, memberDn: string) => Promise<void>
  /** Replaces attributes, as the database's owner; an empty list removes one. */
  modify: (dn: string, attributes: LdifAttributes) => Promise<void>
  /** An administrator's reset, from the domain controller itself. */
  setPassword: (dn: string, password: string) => Promise<void>
  /** Makes the password look as if it had been set so long ago (in milliseconds). */
  setPasswordAge: (dn: string, ageMs: number) => Promise<void>
}

// userAccountControl, MS-ADTS 2.2.16.
const NORMAL_ACCOUNT = 0x200
const ACCOUNT_DISABLED = 0x2
const DONT_EXPIRE_PASSWORD = 0x10000
const SMARTCARD_REQUIRED = 0x40000

/** A password that no policy refuses. */
export function randomPassword(): string {
  return `Aa1!${randomBytes(18).toString('base64url')}`
}

/** Milliseconds since the epoch as a FILETIME: 100 ns since 1601 (MS-DTYP 2.3.3). */
function fileTime(milliseconds: number): string {
  return String((BigInt(Math.round(milliseconds)) + 11_644_473_600_000n) * 10_000n)
}

export function accounts(tools: SambaTools, realm: string, home: string): Accounts {
  const createUsers = async (users: NewUser[]) => {
    const made = users.map((user) => describeUser(user, realm, home))
    await tools.applyLdif(made.map(({ ldif }) => ldif).join(''))
    return made.map(({ user }) => user)
  }
  const modify = (dn: string, attributes: LdifAttributes) =>
    tools.applyLdif(replaceRecord(dn, attributes))
  return {
    createUser: async (user) => (await createUsers([user]))[0] as LabUser,
    createUsers,
    createGroup: async (name, members = [], parent = home) => {
      const dn = `CN=${escapeName(name)},${parent}`
      const member = members.length > 0 ? members : undefined
      await tools.applyLdif(addRecord(dn, { objectClass: 'group', sAMAccountName: name, member }))
      return dn
    },
    addMember: (groupDn, memberDn) =>
      tools.applyLdif(addValuesRecord(groupDn, { member: memberDn })),
    modify,
    setPassword: (dn, password) => modify(dn, { unicodePwd: unicodePassword(password) }),
    setPasswordAge: (dn, ageMs) =>
      // Samba's own control to write what the password module otherwise writes by itself.
      tools.applyLdif(replaceRecord(dn, { pwdLastSet: fileTime(Date.now() - ageMs) }), [
        '--controls=local_oid:1.3.6.1.4.1.7165.4.3.12:0',
      ]),
  }
}

function describeUser(user: NewUser, realm: string, home: string): { user: LabUser; ldif: string } {
  const password = user.password ?? randomPassword()
  const userPrincipalName = user.userPrincipalName ?? `${user.name}@${realm.toLowerCase()}`
  const dn = `CN=${escapeName(user.commonName ?? user.name)},${user.parent ?? home}`
  const control =
    NORMAL_ACCOUNT |
    (user.disabled ? ACCOUNT_DISABLED : 0) |
    (user.passwordNeverExpires ? DONT_EXPIRE_PASSWORD : 0) |
    (user.smartcardRequired ? SMARTCARD_REQUIRED : 0)
  const ldif = addRecord(dn, {
    objectClass: 'user',
    sAMAccountName: user.name,
    userPrincipalName,
    userAccountControl: control,
    unicodePwd: unicodePassword(password),
    givenName: user.givenName,
    sn: user.surname,
    displayName: user.displayName,
    mail: user.mail,
    pwdLastSet: user.mustChange ? 0 : undefined,
    accountExpires:
      user.accountExpiresAt === undefined ? undefined : fileTime(user.accountExpiresAt),
    ...user.attributes,
  })
  return { user: { name: user.name, dn, userPrincipalName, password }, ldif }
}
