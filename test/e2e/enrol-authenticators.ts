import { type PortalClient, signInToPortal } from '../../scripts/lab/portal-client.ts'
import type { AuthenticatorEnrolment } from '../../src/contract/enrolment.ts'
import type { AuthenticatorKind } from '../../src/contract/method-kinds.ts'
import { uniqueName } from '../helpers/lab.ts'
import { createAuthenticator } from '../helpers/software-authenticator.ts'
import type { Stack } from '../helpers/stack.ts'
import type { CarriedCredential } from '../helpers/virtual-authenticator.ts'

export type Holder = {
  account: string
  dn: string
  userPrincipalName: string
  password: string
  /** What is on the passkey of the computer and on the key, to be put into virtual ones. */
  credentials: Record<AuthenticatorKind, CarriedCredential>
}

/** Somebody with a passkey and a security key, set up through the portal's interface. */
export async function hireHolder(stack: Stack): Promise<Holder> {
  const { origin } = stack.backend
  const name = uniqueName('key')
  const user = await stack.lab.directory.createUser({ name, displayName: 'Erika Example' })
  const { password } = user
  const portal = await signInToPortal(origin, stack.lab.caPem, { account: name, password })
  const credentials = {
    passkey: await enrolAuthenticator(origin, portal, 'passkey'),
    securityKey: await enrolAuthenticator(origin, portal, 'securityKey'),
  }
  const { dn, userPrincipalName } = user
  return { account: name, dn, userPrincipalName, password, credentials }
}

/** Sets one up through the portal's interface, and gives what is on it then. */
export async function enrolAuthenticator(
  origin: string,
  portal: PortalClient,
  kind: AuthenticatorKind,
): Promise<CarriedCredential> {
  const path = '/me/methods/passkey'
  const asked = { kind, label: kind }
  const begun = (await portal.call('POST', path, asked)) as AuthenticatorEnrolment
  const authenticator = createAuthenticator({ origin })
  const response = authenticator.create(begun.options)
  await portal.call('POST', `${path}/${begun.methodId}/confirm`, { response })
  const key = authenticator.keys.privateKey.export({ format: 'der', type: 'pkcs8' })
  return {
    credentialId: inBase64(authenticator.credentialId),
    userHandle: inBase64(begun.options.user.id),
    privateKey: key.toString('base64'),
    ...{ isResidentCredential: true, rpId: begun.options.rp.id, signCount: 1 },
  }
}

function inBase64(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('base64')
}
