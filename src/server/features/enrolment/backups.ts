import type { EnrolledMethod } from '../../../contract/enrolment.ts'
import { isAuthenticatorKind } from '../../../contract/method-kinds.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { CredentialRecord } from '../../domain/ports/credentials.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'

/** Says of each passkey and security key whether it is bound to one device or was copied to others. */
export async function withBackups(
  { store }: Pick<ServerDependencies, 'store'>,
  { accountId }: SessionRecord,
  methods: readonly EnrolledMethod[],
): Promise<EnrolledMethod[]> {
  if (!methods.some(({ kind }) => isAuthenticatorKind(kind))) return [...methods]
  const credentials = await store.transaction((tx) => tx.credentials.list(accountId))
  const backups = new Map(credentials.map((one) => [one.methodId, backupOf(one)]))
  return methods.map((method) => {
    const backup = backups.get(method.methodId)
    return backup === undefined ? method : { ...method, backup }
  })
}

/** WebAuthn L3 §6.1.3. */
function backupOf({
  backupEligible,
  backedUp,
}: CredentialRecord): NonNullable<EnrolledMethod['backup']> {
  if (!backupEligible) return 'bound'
  return backedUp ? 'synced' : 'syncable'
}
