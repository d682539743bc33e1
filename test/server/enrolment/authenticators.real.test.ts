import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuthenticatorEnrolment } from '../../../src/contract/enrolment.ts'
import type { AuthenticatorKind } from '../../../src/contract/method-kinds.ts'
import {
  createAuthenticator,
  flag,
  type Lies,
  type SoftwareAuthenticator,
} from '../../helpers/software-authenticator.ts'
import { openStack, type Stack, storeEngines } from '../../helpers/stack.ts'
import { type Client, signedIn } from '../session/portal-client.ts'
import { addMail, addTotp, newPerson, newSigned } from './people.ts'

const atOnce = 20
const verified = flag.up | flag.uv

describe.each(storeEngines)('on %s', (engine) => {
  let stack: Stack

  beforeAll(async () => {
    const methods = ['passkey', 'securityKey', 'totp', 'email']
    const limits = { requestsFromAddress: 100_000 }
    stack = await openStack({ engine, sections: { policy: { methods }, limits } })
  })

  afterAll(async () => {
    await stack?.stop()
  })

  const newAuthenticator = (flags = verified) =>
    createAuthenticator({ origin: stack.backend.origin, flags })
  const begin = async (client: Client, kind: AuthenticatorKind = 'passkey') => {
    const begun = await client.send('POST', '/me/methods/passkey', { kind, label: 'This computer' })
    if (begun.status !== 200) throw new Error(JSON.stringify(begun.body))
    return begun.body as AuthenticatorEnrolment
  }
  const confirm = (
    client: Client,
    { methodId, options }: AuthenticatorEnrolment,
    authenticator: SoftwareAuthenticator,
    lies: Lies = {},
  ) => {
    const response = authenticator.create(options, lies)
    return client.send('POST', `/me/methods/passkey/${methodId}/confirm`, { response })
  }
  const enrol = async (client: Client, authenticator: SoftwareAuthenticator) => {
    const begun = await begin(client)
    const confirmed = await confirm(client, begun, authenticator)
    if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body))
    return begun.methodId
  }
  const prove = async (
    client: Client,
    methodId: string,
    authenticator: SoftwareAuthenticator,
    lies: Lies = {},
  ) => {
    const asked = await client.send('POST', `/session/step-up/${methodId}/challenge`)
    const proof = { kind: 'passkey', response: authenticator.get(asked.body.options, lies) }
    const answer = await client.send('POST', `/session/step-up/${methodId}/verify`, proof)
    return { answer, asked: asked.body, proof }
  }
  const methodsOf = async (client: Client) => (await client.send('GET', '/me/methods')).body.methods

  describe('is not set up:', () => {
    it('without a proof, once there is a method', async () => {
      const person = await newPerson(stack)
      const thief = await signedIn(stack, person)
      const planted = await begin(thief)
      const owner = await signedIn(stack, person)
      await addTotp(owner)
      const label = 'Mine'
      const begun = await thief.send('POST', '/me/methods/passkey', { kind: 'passkey', label })
      expect(begun.body.code).toBe('step_up_required')
      const finished = await confirm(thief, planted, newAuthenticator())
      expect(finished.body.code).toBe('step_up_required')
      expect(await methodsOf(owner)).toHaveLength(1)
    })

    it('by an answer that is wrong, or of a user who was not verified', async () => {
      const { client } = await newSigned(stack)
      const begun = await begin(client)
      const challenge = 'A'.repeat(43)
      for (const lies of [
        { flags: flag.up },
        { clientData: { challenge } },
        { rpId: 'example.com' },
      ]) {
        const answer = await confirm(client, begun, newAuthenticator(), lies)
        expect(answer.body.code).toBe('proof_refused')
      }
      expect(await methodsOf(client)).toEqual([])
    })

    it('by anybody else, twice, after a newer one was begun, or by a code', async () => {
      const [one, other] = [await newSigned(stack), await newSigned(stack)]
      const older = await begin(one.client)
      const newer = await begin(one.client)
      const authenticator = newAuthenticator()
      expect((await confirm(other.client, newer, authenticator)).body.code).toBe('not_found')
      expect((await confirm(one.client, older, authenticator)).body.code).toBe('not_found')
      const path = `/me/methods/${newer.methodId}/confirm`
      const byCode = await one.client.send('POST', path, { code: '123456' })
      expect(byCode.body.code).toBe('not_found')
      expect((await confirm(one.client, newer, authenticator)).status).toBe(200)
      expect((await confirm(one.client, newer, authenticator)).body.code).toBe('not_found')
      expect(await methodsOf(one.client)).toHaveLength(1)
    })

    it('when somebody has the same credential', async () => {
      const [one, other] = [await newSigned(stack), await newSigned(stack)]
      const authenticator = newAuthenticator()
      await enrol(one.client, authenticator)
      const begun = await begin(other.client)
      const answer = await confirm(other.client, begun, authenticator)
      expect(answer.body.code).toBe('already_enrolled')
      expect(await methodsOf(other.client)).toEqual([])
    })

    it('more than once by many at once', async () => {
      const { client } = await newSigned(stack)
      const begun = await begin(client)
      const authenticator = newAuthenticator()
      const answers = await Promise.all(
        Array.from({ length: atOnce }, () => confirm(client, begun, authenticator)),
      )
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    })
  })

  describe('does not prove who is there:', () => {
    it('when it is another one than was asked for, or has answered before', async () => {
      const { client } = await newSigned(stack)
      const [desk, phone] = [newAuthenticator(), newAuthenticator()]
      const deskId = await enrol(client, desk)
      await enrol(client, phone)
      expect((await prove(client, deskId, phone)).answer.body.code).toBe('proof_refused')
      const { answer, proof } = await prove(client, deskId, desk)
      expect(answer.status).toBe(200)
      const path = `/session/step-up/${deskId}/verify`
      expect((await client.send('POST', path, proof)).body.code).toBe('proof_refused')
    })

    it('when its counter does not rise: then it is switched off', async () => {
      const { client } = await newSigned(stack)
      const authenticator = newAuthenticator()
      const methodId = await enrol(client, authenticator)
      expect((await prove(client, methodId, authenticator, { counter: 9 })).answer.status).toBe(200)
      const again = await prove(client, methodId, authenticator, { counter: 9 })
      expect(again.answer.body.code).toBe('proof_refused')
      expect(await methodsOf(client)).toMatchObject([{ methodId, suspended: true }])
      const path = `/session/step-up/${methodId}/challenge`
      expect((await client.send('POST', path)).body.code).toBe('not_found')
    })
  })

  it('proves who is there, once for many at once, and says when and whether it was copied', async () => {
    const person = await newSigned(stack)
    const synced = verified | flag.be
    const authenticator = newAuthenticator(synced)
    const methodId = await enrol(person.client, authenticator)
    const fresh = await signedIn(stack, person)
    expect(await methodsOf(fresh)).toMatchObject([{ backup: 'syncable', lastUsedAt: null }])
    const asked = await fresh.send('POST', `/session/step-up/${methodId}/challenge`)
    expect(asked.body.options.allowCredentials).toMatchObject([{ id: authenticator.credentialId }])
    const response = authenticator.get(asked.body.options, { flags: synced | flag.bs })
    const path = `/session/step-up/${methodId}/verify`
    const proof = { kind: 'passkey', response }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => fresh.send('POST', path, proof)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await fresh.send('GET', '/session')).body.steppedUp).toBe(true)
    expect(await methodsOf(fresh)).toMatchObject([
      { backup: 'synced', suspended: false, lastUsedAt: expect.stringMatching(/Z$/) },
    ])
  })

  it('is known to the account’s other authenticators, and forgotten when it is removed', async () => {
    const { client } = await newSigned(stack)
    const authenticator = newAuthenticator()
    const methodId = await enrol(client, authenticator)
    const next = await begin(client, 'securityKey')
    expect(next.options.excludeCredentials).toMatchObject([{ id: authenticator.credentialId }])
    expect((await client.send('DELETE', `/me/methods/${methodId}`)).status).toBe(204)
    const again = await begin(client)
    expect(again.options.excludeCredentials).toEqual([])
    expect(again.options.user.id).not.toBe(next.options.user.id)
    expect((await confirm(client, again, authenticator)).status).toBe(200)
  })

  it('gets another name from its owner alone, after a proof, and an address does not', async () => {
    const person = await newSigned(stack)
    const methodId = await enrol(person.client, newAuthenticator())
    const path = `/me/methods/${methodId}`
    const thief = await signedIn(stack, person)
    const label = 'Desk <b>1</b>'
    expect((await thief.send('PATCH', path, { label })).body.code).toBe('step_up_required')
    const other = await newSigned(stack)
    expect((await other.client.send('PATCH', path, { label })).body.code).toBe('not_found')
    expect((await person.client.send('PATCH', path, { label: ' ' })).status).toBe(400)
    const renamed = await person.client.send('PATCH', path, { label: ` ${label} ` })
    expect(renamed.body.methods).toMatchObject([{ methodId, label }])
    const mailId = await addMail(stack, person.client, person.mailbox)
    const mail = await person.client.send('PATCH', `/me/methods/${mailId}`, { label })
    expect(mail.body.code).toBe('not_found')
  })
})
