import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { CDPSession, Page } from 'playwright'

/** A credential as it can be carried from one browser to another, private key and all. */
export type CarriedCredential = {
  readonly credentialId: string
  readonly isResidentCredential: boolean
  readonly rpId?: string
  readonly privateKey: string
  readonly userHandle?: string
  readonly signCount: number
}

/** An authenticator that Chromium plays by itself (CDP, domain WebAuthn): real ceremonies, no hardware. */
export interface VirtualAuthenticator {
  credentials(): Promise<CarriedCredential[]>
  /** Puts a credential in that was made elsewhere. */
  carry(credential: CarriedCredential): Promise<void>
  /** Whether it recognises its user from here on. */
  recognises(isVerified: boolean): Promise<void>
  /** Whether it is touched, as soon as it is asked, or not at all. */
  isTouched(isTouched: boolean): Promise<void>
  remove(): Promise<void>
}

type Options = { transport?: 'internal' | 'usb'; hasUserVerification?: boolean }

/** Adds one to the browser of `page`, for as long as the page lives. */
export async function addVirtualAuthenticator(
  page: Page,
  { transport = 'internal', hasUserVerification = true }: Options = {},
): Promise<VirtualAuthenticator> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport, hasResidentKey: true, hasUserVerification },
      ...{ isUserVerified: hasUserVerification, automaticPresenceSimulation: true },
    },
  })
  return {
    async credentials() {
      return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials
    },
    async carry(credential) {
      await session.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
    async recognises(isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    async isTouched(enabled) {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
    async remove() {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
      await session.detach()
    },
  }
}

/** A credential of nobody in particular, for what happens on the browser's side. */
export function newCredential(rpId: string): CarriedCredential {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    credentialId: randomBytes(32).toString('base64'),
    userHandle: randomBytes(32).toString('base64'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    ...{ isResidentCredential: true, rpId, signCount: 0 },
  }
}
