/**
 * Groups whose members can take over the domain, or that Active Directory protects by AdminSDHolder
 * (Microsoft, "Appendix C: Protected Accounts and Groups in Active Directory"), by the last part of
 * their SID within any domain.
 */
const domainGroups = new Map([
  [500, 'Administrator'],
  [502, 'krbtgt'],
  [512, 'Domain Admins'],
  [516, 'Domain Controllers'],
  [517, 'Cert Publishers'],
  [518, 'Schema Admins'],
  [519, 'Enterprise Admins'],
  [520, 'Group Policy Creator Owners'],
  [521, 'Read-only Domain Controllers'],
  [526, 'Key Admins'],
  [527, 'Enterprise Key Admins'],
])

/** The same for the groups below S-1-5-32, which every domain has. */
const builtinGroups = new Map([
  [544, 'Administrators'],
  [548, 'Account Operators'],
  [549, 'Server Operators'],
  [550, 'Print Operators'],
  [551, 'Backup Operators'],
  [552, 'Replicator'],
])

const protectedUsersRid = 525

/**
 * The protected groups (or the protected account itself) among the SIDs of an account.
 *
 * @param sids the account's own SID and those of all its groups, nested ones too
 * @returns their well-known names; empty for an ordinary account
 */
export function protectedBy(sids: readonly string[]): string[] {
  return sids.flatMap((sid) => {
    const group = wellKnown(sid)
    return group ? [group] : []
  })
}

/** Whether one of the SIDs is the group Protected Users, which only limits how its members sign in. */
export function isProtectedUser(sids: readonly string[]): boolean {
  return sids.some((sid) => isDomainSid(sid) && ridOf(sid) === protectedUsersRid)
}

function wellKnown(sid: string): string | undefined {
  if (sid.startsWith('S-1-5-32-')) return builtinGroups.get(ridOf(sid))
  return isDomainSid(sid) ? domainGroups.get(ridOf(sid)) : undefined
}

function isDomainSid(sid: string): boolean {
  return sid.startsWith('S-1-5-21-')
}

function ridOf(sid: string): number {
  return Number(sid.slice(sid.lastIndexOf('-') + 1))
}
