import {
  type DirectoryConnection,
  findUser,
  readAccountFacts,
  readDelegatedRights,
} from '../../../directory/index.ts'
import { baseDnOf } from '../../active-directory/options.ts'
import type { ConfigFile } from '../../config/schema.ts'
import { type Finding, failed, fine, warning } from './finding.ts'

type Domain = Pick<ConfigFile['directory'], 'baseDn' | 'domain' | 'netbiosName'>

/** Whether the service account may do in each OU what it is there for. Only reads; tries nothing. */
export async function checkServiceRights(
  connection: DirectoryConnection,
  domain: Domain,
  account: string,
  ous: readonly string[],
): Promise<Finding[]> {
  const sids = await sidsOf(connection, domain, account)
  if (sids === null) return [cannotTell('service account: rights')]
  return Promise.all(ous.map((ou) => checkOu(connection, ou, sids)))
}

async function checkOu(
  connection: DirectoryConnection,
  ou: string,
  sids: readonly string[],
): Promise<Finding> {
  const check = `service account: ${ou}`
  const read = await readDelegatedRights(connection, ou, sids)
  if (!read.ok) {
    const what = read.error.code === 'not_found' ? 'there is no such OU' : read.error.message
    return failed(check, what, 'Correct directory.enabledOus.')
  }
  if (read.value === null) return warning(check, 'nobody is in it', 'Check directory.enabledOus.')
  const { resetPassword, writePwdLastSet, writeLockoutTime } = read.value
  const missing = [
    ...(resetPassword === false ? ['Reset Password'] : []),
    ...(writePwdLastSet ? [] : ['Write pwdLastSet']),
    ...(writeLockoutTime ? [] : ['Write lockoutTime']),
  ]
  if (missing.length > 0) {
    const fix = 'Delegate it on the OU, inherited to user objects, as the guide says.'
    return failed(check, `missing: ${missing.join(', ')}`, fix)
  }
  if (resetPassword === null) return cannotTell(check)
  return fine(check, 'may reset passwords, write pwdLastSet and lockoutTime')
}

/** SECURITY: the agent's password is handed to workstations, so it must not be worth anything. */
export async function checkAgentRights(
  connection: DirectoryConnection,
  domain: Domain,
  account: string,
  ous: readonly string[],
): Promise<Finding[]> {
  const sids = await sidsOf(connection, domain, account)
  if (sids === null) return [cannotTell('agent account: rights')]
  const findings: Finding[] = []
  for (const ou of ous) {
    const check = `agent account: ${ou}`
    const read = await readDelegatedRights(connection, ou, sids)
    if (!read.ok || read.value === null) continue
    const { resetPassword, writePwdLastSet, writeLockoutTime } = read.value
    if (resetPassword || writePwdLastSet || writeLockoutTime) {
      const fix = 'Take these rights away: it must be a plain member of Domain Users.'
      findings.push(failed(check, 'it may reset or unlock other people', fix))
    } else if (resetPassword === null) findings.push(cannotTell(check))
    else findings.push(fine(check, 'cannot reset anybody, as it should be'))
  }
  return findings
}

async function sidsOf(
  connection: DirectoryConnection,
  { domain, netbiosName, baseDn = baseDnOf(domain) }: Domain,
  account: string,
): Promise<string[] | null> {
  const user = await findUser(connection, account, { baseDn, domains: [netbiosName, domain] })
  const facts = user.ok ? await readAccountFacts(connection, user.value, Date.now()) : user
  return facts.ok ? [facts.value.sid, ...facts.value.groupSids] : null
}

function cannotTell(check: string): Finding {
  const fix = 'Let the account read its own groups and the access lists of users (the default).'
  return warning(check, 'its rights cannot be read', fix)
}
