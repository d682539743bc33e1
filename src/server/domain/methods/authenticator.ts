import type { AuthenticatorKind } from '../../../contract/method-kinds.ts'
import type { AuthenticationResponse } from '../../../contract/web-authn.ts'
import { lockMethods } from '../lock-methods.ts'
import type { CredentialRecord, CredentialUse } from '../ports/credentials.ts'
import type { MethodRecord } from '../ports/methods.ts'
import type { StoreTransaction } from '../ports/store.ts'
import type { MethodOwner } from '../record-method-change.ts'
import { suspendMethod } from '../suspend-method.ts'
import type { Evidence, Match, VerifierParts } from './verifier.ts'

/**
 * WebAuthn L3 §7.2: the answer of a passkey or a security key. Its challenge is spent, and its counter
 * has to rise.
 */
export async function verifyAuthenticator(
  deps: VerifierParts,
  { owner, methods, challenge }: Evidence,
  { response }: { readonly kind: AuthenticatorKind; readonly response: AuthenticationResponse },
): Promise<Match | null> {
  const stored = await deps.store.transaction((tx) => tx.credentials.find(response.id))
  const method = methods.find(({ id }) => id === stored?.methodId)
  // SECURITY: step 6: a credential of somebody else, or of another kind, is nobody's here.
  const credential = method === undefined ? null : stored
  const codeHash = challenge?.codeHash ?? null
  const verified = await deps.webAuthn.verifyAuthentication(response, credential, codeHash)
  if (!verified.ok) {
    deps.log.info({ event: 'authenticator_refused', code: verified.error }, 'not accepted')
    return null
  }
  if (!owner || !method || !credential || !challenge) return null
  const use = verified.value
  return {
    async spend(tx, now) {
      // Nobody suspends or removes the method until this is decided.
      await lockMethods(tx, owner.accountId, now)
      if (!(await tx.challenges.spend(challenge.subject, challenge.codeHash, now))) return false
      if (await tx.credentials.use(credential, use, now)) return true
      await suspectClone(deps, tx, owner, method, credential, use, now)
      return false
    },
  }
}

/**
 * Step 22: everything is right but the counter, so two devices sign with this key. Which of them is
 * the owner's nobody can tell; it proves nothing any more, and the owner is told.
 */
async function suspectClone(
  deps: VerifierParts,
  tx: StoreTransaction,
  owner: MethodOwner,
  { id: methodId, kind }: MethodRecord,
  { credentialId }: CredentialRecord,
  { counter }: CredentialUse,
  now: number,
): Promise<void> {
  const current = await tx.credentials.find(credentialId)
  // Removed or suspended in the meantime: then that was the reason.
  if (current === null || counter > current.counter) return
  const { accountId, accountName } = owner
  const fields = { accountId, accountName, methodId, kind }
  await tx.audit({ event: 'method.clone_suspected', at: now, fields })
  await suspendMethod(deps, tx, owner, { id: methodId, kind }, now)
}
