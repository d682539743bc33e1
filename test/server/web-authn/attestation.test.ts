import { expect, it } from 'vitest'
import { sha256Base64url } from '../../../src/sealing/random.ts'
import { createWebAuthn } from '../../../src/server/web-authn/index.ts'
import { chromiumKey } from './chromium-key.ts'

// WebAuthn L3 §8.2: what an authenticator says about its model, under a certificate of its maker.

const other = 'ee882879-721c-4913-9775-3dfcce97072a'

function verify(allowedAaguids: string[] | null, change = (object: Buffer) => object) {
  const { challenge, origin, response } = chromiumKey
  const object = change(Buffer.from(response.response.attestationObject, 'base64url'))
  const attestationObject = object.toString('base64url')
  return createWebAuthn(origin, 'Example Corporation').verifyRegistration(
    {
      ...response,
      response: { ...response.response, transports: ['usb'], attestationObject },
    },
    sha256Base64url(challenge),
    allowedAaguids,
  )
}

it('refuses a model that is not on the list', async () => {
  expect(await verify([other])).toEqual({ ok: false, error: 'model_not_allowed' })
})

it('refuses one that names another model than its maker has signed', async () => {
  const claim = (object: Buffer) => {
    const changed = Buffer.from(object)
    const aaguid = Buffer.from(chromiumKey.aaguid.replaceAll('-', ''), 'hex')
    Buffer.from(other.replaceAll('-', ''), 'hex').copy(changed, changed.lastIndexOf(aaguid))
    return changed
  }
  expect(await verify([other], claim)).toEqual({ ok: false, error: 'attestation' })
})

it('takes a model that is on the list, and any where there is none', async () => {
  const taken = { ok: true, value: { aaguid: chromiumKey.aaguid, counter: 1 } }
  expect(await verify([other, chromiumKey.aaguid])).toMatchObject(taken)
  expect(await verify(null)).toMatchObject(taken)
})
