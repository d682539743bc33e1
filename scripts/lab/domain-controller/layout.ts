import { accounts, type LabUser, randomPassword } from './accounts.ts'
import { addRecord } from './ldif.ts'
import type { SambaTools } from './samba-tool.ts'

export type Layout = {
  baseDn: string
  /** The OU whose users the service account may reset. */
  usersOu: string
  /** An OU that nobody has delegated to it. */
  outsideOu: string
  /** May reset passwords in `usersOu`, and nothing else. */
  serviceAccount: LabUser
  /** A plain domain user: only an identity to bind as. */
  agentAccount: LabUser
}

/** Inherited to users: Reset Password, read and write pwdLastSet and lockoutTime. */
function delegation(sid: string): string {
  return [
    `(OA;CI;CR;00299570-246d-11d0-a768-00aa006e0529;;${sid})`,
    `(OA;CI;RPWP;bf967a0a-0de6-11d0-a285-00aa003049e2;;${sid})`,
    `(OA;CI;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;;${sid})`,
  ].join('')
}

/** Gives a fresh domain its OUs, the two accounts of the product, and the delegation. */
export async function layOut(tools: SambaTools, realm: string): Promise<Layout> {
  const baseDn = baseDnOf(realm)
  const usersOu = `OU=Staff,${baseDn}`
  const outsideOu = `OU=Outside,${baseDn}`
  const servicesOu = `OU=Services,${baseDn}`
  await tools.applyLdif(
    [usersOu, outsideOu, servicesOu]
      .map((dn) => addRecord(dn, { objectClass: 'organizationalUnit' }))
      .join(''),
  )
  const [serviceAccount, agentAccount] = (await accounts(tools, realm, servicesOu).createUsers([
    { name: 'svc-latchkey', password: randomPassword(), passwordNeverExpires: true },
    { name: 'latchkey-agent', password: randomPassword(), passwordNeverExpires: true },
  ])) as [LabUser, LabUser]
  const sid = await tools.readAttribute(serviceAccount.dn, 'objectSid')
  await tools.samba(['dsacl', 'set', `--objectdn=${usersOu}`, `--sddl=${delegation(sid)}`])
  return { baseDn, usersOu, outsideOu, serviceAccount, agentAccount }
}

export function baseDnOf(realm: string): string {
  return realm
    .toLowerCase()
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',')
}
