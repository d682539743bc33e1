import { addRecord } from '../../../scripts/lab/domain-controller/ldif.ts'
import { methodKinds } from '../../../src/contract/method-kinds.ts'
import { applyPolicy } from '../../../src/server/features/policy/apply.ts'
import { type TestLab, uniqueName } from '../../helpers/lab.ts'
import { documentOf } from '../domain/policy/documents.ts'
import type { Harness } from '../recovery/harness.ts'

/** A group of the directory, as a policy and as LDAP call it. */
export type LabGroup = {
  dn: string
  sid: string
  scope: { groups: { sid: string; name: string }[] }
}

/** A new group with these members, who may be groups themselves. */
export async function createGroup(lab: TestLab, members: string[] = []): Promise<LabGroup> {
  const name = uniqueName('group')
  const dn = await lab.directory.createGroup(name, members)
  const sid = await lab.directory.readAttribute(dn, 'objectSid')
  return { dn, sid, scope: { groups: [{ sid, name }] } }
}

/** A new OU, below the one whose users may recover when nothing else is said. */
export async function createOu(lab: TestLab, parent = lab.directory.usersOu): Promise<string> {
  const dn = `OU=${uniqueName('ou')},${parent}`
  await lab.directory.applyLdif(addRecord(dn, { objectClass: 'organizationalUnit' }))
  return dn
}

/** Makes a document the policy that holds, as the command line does. */
export async function apply(
  { parts: { dependencies } }: Harness,
  draft: Parameters<typeof documentOf>[0],
): Promise<number> {
  const { version } = await dependencies.policies.latest()
  const abilities = { methods: methodKinds, knowsDevices: true }
  const applied = await applyPolicy(dependencies, abilities, {
    ...{ document: documentOf(draft), author: 'tester', reason: 'for a test', basedOn: version },
  })
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  return applied.value.version
}
