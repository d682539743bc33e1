import { err, ok, type Result } from '../contract/result.ts'
import type { DirectoryConnection } from './connection.ts'
import { bytesOf, type Entry, textOf, textsOf } from './entry.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import { fileTimeToMs, parseInteger } from './filetime.ts'
import { guidToString } from './guid.ts'
import { membershipsOf } from './memberships.ts'
import { isProtectedUser, protectedBy } from './protected-groups.ts'
import { deniesPasswordChange, discretionaryAclControl } from './security-descriptor.ts'
import { type PasswordState, passwordAttributes, passwordStateOf } from './write-password.ts'

/** What Active Directory says of one account. All times are milliseconds since the epoch. */
export type AccountFacts = {
  readonly dn: string
  readonly objectGuid: string
  readonly sid: string
  readonly sAMAccountName: string
  /** Null when none is set; `sAMAccountName@domain` then works in its place. */
  readonly userPrincipalName: string | null
  readonly displayName: string | null
  readonly givenName: string | null
  readonly surname: string | null
  readonly mail: string | null
  readonly mobile: string | null
  /** Every address of the account's own mailbox in Exchange, without `smtp:`. */
  readonly proxyAddresses: readonly string[]
  readonly disabled: boolean
  /** The account itself, not its password. */
  readonly expired: boolean
  readonly lockedOut: boolean
  /** The password must be changed before the next sign-in. */
  readonly mustChange: boolean
  /** Too old, or `mustChange`. */
  readonly passwordExpired: boolean
  readonly smartcardRequired: boolean
  /** Must-change has no effect on such an account: a temporary password would let its holder in. */
  readonly passwordNeverExpires: boolean
  /** "User cannot change password" is set; null when the access rights could not be read. */
  readonly cannotChange: boolean | null
  /** Why self-service must keep away: the protected groups, direct or nested. Empty for most people. */
  readonly protectedBy: readonly string[]
  readonly protected: boolean
  /** Member of Protected Users. */
  readonly protectedUser: boolean
  /** Left by AdminSDHolder, and not taken away when a membership ends: a hint, not a proof. */
  readonly adminCount: boolean
  /** Every group that the account belongs to, nested ones and the primary one too. */
  readonly groupSids: readonly string[]
  readonly pwdLastSet: number | null
  readonly passwordExpiresAt: number | null
  /** Distinguished name of the fine-grained password policy that applies ([MS-ADTS] 3.1.1.4.5.36). */
  readonly resultantPso: string | null
  readonly uSNChanged: string
  /** Where the password stands on the controller that was asked; null when that may not be read. */
  readonly passwordState: PasswordState | null
}

const attributes = [
  ...['objectGUID', 'objectSid', 'sAMAccountName', 'userPrincipalName', 'displayName', 'mail'],
  ...['givenName', 'sn', 'userAccountControl', 'msDS-User-Account-Control-Computed', 'adminCount'],
  ...['accountExpires', 'msDS-UserPasswordExpiryTimeComputed', ...passwordAttributes],
  ...['tokenGroups', 'nTSecurityDescriptor', 'msDS-ResultantPSO', 'proxyAddresses', 'mobile'],
]

// userAccountControl and its computed half: [MS-ADTS] 2.2.16 and 3.1.1.4.5.17.
const accountDisabled = 0x2n
const lockedOut = 0x10n
const dontExpirePassword = 0x10000n
const smartcardRequired = 0x40000n
const passwordExpired = 0x800000n

/**
 * Reads everything that decides whether and how an account may be recovered, in one search.
 *
 * @param now milliseconds since the epoch, for `expired`
 * @returns `insufficient_access` when the group memberships may not be read: without them nobody can
 *   say that the account is not a privileged one
 */
export async function readAccountFacts(
  connection: DirectoryConnection,
  user: { readonly dn: string },
  now: number,
): Promise<Result<AccountFacts, DirectoryError>> {
  const found = await connection.search({
    base: user.dn,
    attributes,
    control: discretionaryAclControl(),
  })
  if (!found.ok) return found
  const entry = found.value[0]
  if (!entry) return err(directoryError('not_found', `nothing at ${user.dn}`))
  return factsOf(entry, now)
}

function factsOf(entry: Entry, now: number): Result<AccountFacts, DirectoryError> {
  const memberships = membershipsOf(entry)
  const objectGuid = guidToString(bytesOf(entry, 'objectGUID')[0] ?? Buffer.alloc(0))
  const sAMAccountName = textOf(entry, 'sAMAccountName')
  const control = parseInteger(textOf(entry, 'userAccountControl'))
  if (!objectGuid || !sAMAccountName || control === null) {
    return err(directoryError('insufficient_access', `${entry.dn} cannot be read in full`))
  }
  if (memberships === null) {
    return err(directoryError('insufficient_access', `tokenGroups of ${entry.dn} cannot be read`))
  }
  const { sid, groupSids } = memberships
  const protections = protectedBy([sid, ...groupSids])
  const computed = parseInteger(textOf(entry, 'msDS-User-Account-Control-Computed')) ?? 0n
  const accountExpires = fileTimeToMs(textOf(entry, 'accountExpires'))
  const neverExpires = (control & dontExpirePassword) !== 0n
  const pwdLastSet = fileTimeToMs(textOf(entry, 'pwdLastSet'))
  const passwordState = passwordStateOf(entry)
  return ok({
    dn: entry.dn,
    objectGuid,
    sid,
    sAMAccountName,
    userPrincipalName: textOf(entry, 'userPrincipalName') ?? null,
    displayName: textOf(entry, 'displayName') ?? null,
    givenName: textOf(entry, 'givenName') ?? null,
    surname: textOf(entry, 'sn') ?? null,
    mail: textOf(entry, 'mail') ?? null,
    mobile: textOf(entry, 'mobile') ?? null,
    proxyAddresses: mailAddressesAmong(textsOf(entry, 'proxyAddresses')),
    disabled: (control & accountDisabled) !== 0n,
    expired: accountExpires !== null && accountExpires <= now,
    lockedOut: (computed & lockedOut) !== 0n,
    mustChange: pwdLastSet === null && !neverExpires,
    passwordExpired: (computed & passwordExpired) !== 0n,
    smartcardRequired: (control & smartcardRequired) !== 0n,
    passwordNeverExpires: neverExpires,
    cannotChange: deniesPasswordChange(bytesOf(entry, 'nTSecurityDescriptor')[0], sid),
    protectedBy: protections,
    protected: protections.length > 0,
    protectedUser: isProtectedUser(groupSids),
    adminCount: (parseInteger(textOf(entry, 'adminCount')) ?? 0n) > 0n,
    groupSids,
    pwdLastSet,
    passwordExpiresAt: fileTimeToMs(textOf(entry, 'msDS-UserPasswordExpiryTimeComputed')),
    resultantPso: textOf(entry, 'msDS-ResultantPSO') ?? null,
    uSNChanged: textOf(entry, 'uSNChanged') ?? '0',
    passwordState: passwordState.ok ? passwordState.value : null,
  })
}

/** Of `proxyAddresses`, which also holds other kinds, those of mail: without their prefix. */
export function mailAddressesAmong(proxyAddresses: readonly string[]): string[] {
  return proxyAddresses
    .filter((address) => /^smtp:/i.test(address))
    .map((address) => address.slice('smtp:'.length))
}
