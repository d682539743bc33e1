import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStack, type Stack, storeEngines } from '../../helpers/stack.ts'
import { newClient, signedIn } from '../session/portal-client.ts'
import {
  addMail,
  addTotp,
  beginMail,
  beginTotp,
  codeOf,
  mailedStepUp,
  newPerson,
  newSigned,
  otherCode,
  type Signed,
} from './people.ts'

const atOnce = 200
/** All of this comes from one network address, which is not what is tested here. */
const generousLimits = { requestsFromAddress: 100_000, codesFromAddress: 10_000 }

describe.each(storeEngines)('on %s', (engine) => {
  let stack: Stack

  beforeAll(async () => {
    stack = await openStack({ engine, sections: { limits: generousLimits } })
  })

  afterAll(async () => {
    await stack?.stop()
  })

  const listOf = async ({ client }: Pick<Signed, 'client'>) =>
    (await client.send('GET', '/me/methods')).body
  const mailsTo = async (address: string, words: RegExp) => {
    const all = await stack.lab.mail.messages()
    return all.filter(({ to, text }) => to.includes(address) && words.test(text))
  }

  describe('a method that was not confirmed', () => {
    it('is not listed, counts for nothing and proves nothing', async () => {
      const person = await newSigned(stack)
      const { methodId, secret } = await beginTotp(person.client)
      expect(await listOf(person)).toMatchObject({ methods: [], recoverable: false, required: 2 })
      const proof = { kind: 'totp', code: await codeOf(secret) }
      const path = `/session/step-up/${methodId}/verify`
      expect((await person.client.send('POST', path, proof)).body.code).toBe('not_found')
    })

    it('is not confirmed by anything but its own code', async () => {
      const person = await newSigned(stack)
      const { methodId, code } = await beginMail(stack, person.client, person.mailbox)
      const path = `/me/methods/${methodId}/confirm`
      const { status, body } = await person.client.send('POST', path, { code: otherCode(code) })
      expect(status).toBe(422)
      expect(body).toMatchObject({ code: 'proof_refused', attemptsLeft: 4 })
      expect((await listOf(person)).methods).toEqual([])
    })

    it('is worth five tries, not one more, whatever the sixth', async () => {
      const person = await newSigned(stack)
      const { methodId, code } = await beginMail(stack, person.client, person.mailbox)
      const path = `/me/methods/${methodId}/confirm`
      for (const left of [4, 3, 2, 1, 0]) {
        const { body } = await person.client.send('POST', path, { code: otherCode(code) })
        expect(body).toMatchObject({ code: 'proof_refused', attemptsLeft: left })
      }
      expect((await person.client.send('POST', path, { code })).body.code).toBe('not_found')
      expect(await addMail(stack, person.client, person.mailbox)).not.toBe(methodId)
    })

    it('makes room for a newer one, and its code with it', async () => {
      const person = await newSigned(stack)
      const older = await beginMail(stack, person.client, person.mailbox)
      const newer = await beginMail(stack, person.client, person.mailbox)
      const confirm = (methodId: string, code: string) =>
        person.client.send('POST', `/me/methods/${methodId}/confirm`, { code })
      expect((await confirm(older.methodId, older.code)).body.code).toBe('not_found')
      if (older.code !== newer.code) {
        expect((await confirm(newer.methodId, older.code)).body.code).toBe('proof_refused')
      }
      expect((await confirm(newer.methodId, newer.code)).status).toBe(200)
    })

    it('cannot lie in wait until its owner has set up something else', async () => {
      const person = await newPerson(stack)
      const thief = await signedIn(stack, person)
      const planted = await beginTotp(thief)
      const owner = await signedIn(stack, person)
      await addMail(stack, owner, person.mailbox)
      const code = await codeOf(planted.secret)
      const path = `/me/methods/${planted.methodId}/confirm`
      expect((await thief.send('POST', path, { code })).body.code).toBe('step_up_required')
      expect((await listOf({ client: owner })).methods).toHaveLength(1)
    })
  })

  describe('once there is a method, a password alone changes nothing', () => {
    it('neither adds nor removes', async () => {
      const person = await newSigned(stack)
      const methodId = await addMail(stack, person.client, person.mailbox)
      const thief = await signedIn(stack, person)
      expect((await thief.send('GET', '/session')).body.steppedUp).toBe(false)
      for (const [method, path, body] of [
        ['POST', '/me/methods/totp', { label: 'Mine' }],
        ['POST', '/me/methods/email', { address: 'thief@elsewhere.example' }],
        ['DELETE', `/me/methods/${methodId}`, undefined],
      ] as const) {
        const answer = await thief.send(method, path, body)
        expect(answer.status, path).toBe(403)
        expect(answer.body.code, path).toBe('step_up_required')
      }
      expect((await listOf(person)).methods).toHaveLength(1)
      expect(await mailsTo('thief@elsewhere.example', /./)).toEqual([])
    })

    it('and the proof of one session is none in another', async () => {
      const person = await newSigned(stack)
      const methodId = await addMail(stack, person.client, person.mailbox)
      const other = await signedIn(stack, person)
      const code = await mailedStepUp(stack, person.client, methodId, person.mailbox)
      const proof = { kind: 'email', code }
      const path = `/session/step-up/${methodId}/verify`
      expect((await other.send('POST', path, proof)).body.code).toBe('proof_refused')
      expect((await person.client.send('POST', path, proof)).status).toBe(200)
      expect((await other.send('GET', '/session')).body.steppedUp).toBe(false)
    })
  })

  describe("somebody else's method is not there", () => {
    it('for any route', async () => {
      const owner = await newSigned(stack)
      const { methodId, secret } = await addTotp(owner.client)
      const pending = await beginMail(stack, owner.client, owner.mailbox)
      const stranger = await newSigned(stack)
      for (const [method, path, body] of [
        ['POST', `/session/step-up/${methodId}/challenge`, undefined],
        [
          'POST',
          `/session/step-up/${methodId}/verify`,
          { kind: 'totp', code: await codeOf(secret) },
        ],
        ['POST', `/me/methods/${pending.methodId}/confirm`, { code: pending.code }],
        ['DELETE', `/me/methods/${methodId}`, undefined],
        ['DELETE', `/me/methods/${pending.methodId}`, undefined],
      ] as const) {
        const answer = await stranger.client.send(method, path, body)
        expect(answer.body.code, `${method} ${path}`).toBe('not_found')
      }
      expect((await listOf(owner)).methods).toHaveLength(1)
    })
  })

  describe('a code is for one purpose', () => {
    it('a mailed one confirms or steps up, never both', async () => {
      const person = await newSigned(stack)
      const methodId = await addMail(stack, person.client, person.mailbox)
      const stepUp = `/session/step-up/${methodId}/verify`
      const pending = await beginMail(stack, person.client, `second-${person.mailbox}`)
      const proof = { kind: 'email', code: pending.code }
      expect((await person.client.send('POST', stepUp, proof)).body.code).toBe('proof_refused')
      const code = await mailedStepUp(stack, person.client, methodId, person.mailbox)
      const confirm = `/me/methods/${pending.methodId}/confirm`
      if (code !== pending.code) {
        const wrong = await person.client.send('POST', confirm, { code })
        expect(wrong.body.code).toBe('proof_refused')
      }
      expect((await person.client.send('POST', confirm, { code: pending.code })).status).toBe(200)
    })

    it('and for one kind: a mailed one is no code of an app', async () => {
      const person = await newSigned(stack)
      const methodId = await addMail(stack, person.client, person.mailbox)
      const code = await mailedStepUp(stack, person.client, methodId, person.mailbox)
      const path = `/session/step-up/${methodId}/verify`
      const asApp = await person.client.send('POST', path, { kind: 'totp', code })
      expect(asApp.body.code).toBe('not_found')
    })

    it('a newer one kills the older one', async () => {
      const person = await newSigned(stack)
      const methodId = await addMail(stack, person.client, person.mailbox)
      const older = await mailedStepUp(stack, person.client, methodId, person.mailbox)
      const newer = await mailedStepUp(stack, person.client, methodId, person.mailbox)
      const path = `/session/step-up/${methodId}/verify`
      const prove = (code: string) => person.client.send('POST', path, { kind: 'email', code })
      if (older !== newer) expect((await prove(older)).body.code).toBe('proof_refused')
      expect((await prove(newer)).status).toBe(200)
      expect((await prove(newer)).body.code).toBe('proof_refused')
    })

    it('an app has none to be mailed', async () => {
      const person = await newSigned(stack)
      const { methodId } = await addTotp(person.client)
      const path = `/session/step-up/${methodId}/challenge`
      expect((await person.client.send('POST', path)).body.code).toBe('wrong_state')
    })
  })

  it('a lost app is removed by the helpdesk, and the mailbox opens the way to another one', async () => {
    const person = await newSigned(stack)
    const mailId = await addMail(stack, person.client, person.mailbox)
    await addTotp(person.client)
    const later = await signedIn(stack, person)
    const challenge = `/session/step-up/${mailId}/challenge`
    expect((await later.send('POST', challenge)).body.code).toBe('wrong_state')
    const shown = await stack.backend.cli('totp', 'remove', person.account)
    expect(shown.code, shown.output).toBe(0)
    expect(shown.output).toContain('1')
    // What the app has opened, perhaps in other hands, is over.
    const removal = await person.client.send('DELETE', `/me/methods/${mailId}`)
    expect(removal.body.code).toBe('step_up_required')
    await expect
      .poll(() => mailsTo(person.mailbox, /removed/i), { timeout: 10_000 })
      .toHaveLength(1)
    const code = await mailedStepUp(stack, later, mailId, person.mailbox)
    const proven = await later.send('POST', `/session/step-up/${mailId}/verify`, {
      kind: 'email',
      code,
    })
    expect(proven.status).toBe(200)
    await addTotp(later)
    expect((await listOf({ client: later })).methods).toHaveLength(2)
  })

  describe('a time step is spent once', () => {
    it('by the confirmation already, and none before it counts afterwards', async () => {
      const person = await newSigned(stack)
      const { methodId, secret } = await beginTotp(person.client)
      const code = await codeOf(secret)
      const confirm = `/me/methods/${methodId}/confirm`
      expect((await person.client.send('POST', confirm, { code })).status).toBe(200)
      const path = `/session/step-up/${methodId}/verify`
      for (const steps of [0, -1]) {
        const proof = { kind: 'totp', code: await codeOf(secret, steps) }
        expect((await person.client.send('POST', path, proof)).body.code).toBe('proof_refused')
      }
      const next = { kind: 'totp', code: await codeOf(secret, 1) }
      expect((await person.client.send('POST', path, next)).status).toBe(200)
    })

    it(`by one of ${atOnce} who show it at once`, async () => {
      const person = await newSigned(stack)
      const { methodId, secret } = await addTotp(person.client)
      const proof = { kind: 'totp', code: await codeOf(secret) }
      const path = `/session/step-up/${methodId}/verify`
      const shared = newClient(stack, person.client.cookie)
      const answers = await Promise.all(
        Array.from({ length: atOnce }, () =>
          shared.send('POST', path, proof, { cookie: person.client.cookie }),
        ),
      )
      shared.close()
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    }, 60_000)

    it(`and a method is confirmed by one of ${atOnce}, and told once`, async () => {
      const person = await newSigned(stack)
      const { methodId, code } = await beginMail(stack, person.client, person.mailbox)
      const path = `/me/methods/${methodId}/confirm`
      const cookie = person.client.cookie
      const shared = newClient(stack, cookie)
      const answers = await Promise.all(
        Array.from({ length: atOnce }, () => shared.send('POST', path, { code }, { cookie })),
      )
      shared.close()
      const [won, ...others] = answers.filter(({ status }) => status === 200)
      expect(others).toEqual([])
      expect(won?.body.methods).toHaveLength(1)
      expect(answers.filter(({ status }) => status >= 500)).toEqual([])
      await expect
        .poll(() => mailsTo(person.mail, /mail address/i), { timeout: 10_000 })
        .toHaveLength(1)
      await new Promise((settle) => setTimeout(settle, 1000))
      expect(await mailsTo(person.mail, /mail address/i)).toHaveLength(1)
    }, 60_000)
  })

  it('wrong codes are counted over all sessions, and the right one then waits too', async () => {
    const person = await newSigned(stack)
    const { methodId, secret } = await addTotp(person.client)
    const path = `/session/step-up/${methodId}/verify`
    const right = await codeOf(secret, 1)
    const wrong = { kind: 'totp', code: otherCode(right) }
    for (let failures = 0; failures < 10; failures += 1) {
      const client = failures % 2 ? person.client : await signedIn(stack, person)
      expect((await client.send('POST', path, wrong)).body.code).toBe('proof_refused')
    }
    const late = await person.client.send('POST', path, { kind: 'totp', code: right })
    expect(late.status).toBe(429)
    expect(late.body).toMatchObject({ code: 'too_many_attempts' })
    expect(late.body.retryAfterSeconds).toBeGreaterThan(20)
  })

  describe('a session has another token after each change of trust', () => {
    it('after a confirmation and after a step-up', async () => {
      const person = await newSigned(stack)
      const tokens = [person.client.cookie]
      const { methodId, secret } = await addTotp(person.client)
      tokens.push(person.client.cookie)
      const proof = { kind: 'totp', code: await codeOf(secret) }
      await person.client.send('POST', `/session/step-up/${methodId}/verify`, proof)
      tokens.push(person.client.cookie)
      expect(new Set(tokens).size).toBe(3)
      for (const old of tokens.slice(0, 2)) {
        const stolen = newClient(stack, old)
        expect((await stolen.send('GET', '/me/methods')).body.code).toBe('session_required')
      }
      expect((await person.client.send('GET', '/session')).body.steppedUp).toBe(true)
    })
  })

  describe('another site changes nothing', () => {
    it('with the cookie and everything else right', async () => {
      const person = await newSigned(stack)
      const methodId = await addMail(stack, person.client, person.mailbox)
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        for (const [method, path, body] of [
          ['POST', '/me/methods/totp', { label: 'Mine' }],
          ['POST', '/me/methods/email', { address: 'thief@elsewhere.example' }],
          ['POST', `/me/methods/${methodId}/confirm`, { code: '123456' }],
          ['DELETE', `/me/methods/${methodId}`, undefined],
          ['POST', `/session/step-up/${methodId}/challenge`, undefined],
          ['POST', `/session/step-up/${methodId}/verify`, { kind: 'email', code: '123456' }],
          ['DELETE', '/session', undefined],
        ] as const) {
          const answer = await person.client.send(method, path, body, headers)
          expect(answer.body.code, `${method} ${path}`).toBe('cross_origin')
        }
      }
      expect((await listOf(person)).methods).toHaveLength(1)
    })
  })

  describe('a mail address', () => {
    it('that the lost password opens is refused, in every spelling that the directory knows', async () => {
      const person = await newSigned(stack, {
        proxyAddresses: ['SMTP:first.last@corp.example.com', 'smtp:alias@other.example'],
      })
      const [local, domain] = person.mail.split('@')
      for (const address of [
        person.mail,
        person.mail.toUpperCase(),
        `${local}+reset@${domain}`,
        'First.Last@corp.example.com',
        'alias@other.example',
        `${person.account}@corp.example.com`,
      ]) {
        const { status, body } = await person.client.send('POST', '/me/methods/email', { address })
        expect(status, address).toBe(422)
        expect(body.code, address).toBe('address_not_allowed')
      }
      expect(await mailsTo(person.mail, /\d{6}/)).toEqual([])
    })

    it.each(['no address', 'a@b', 'a@example.com\r\nBcc: b@example.com', '', '@example.com'])(
      'that is none is refused: %j',
      async (address) => {
        const person = await newSigned(stack)
        const { body } = await person.client.send('POST', '/me/methods/email', { address })
        expect(body.code).toBe('invalid_request')
      },
    )

    it('is set up once', async () => {
      const person = await newSigned(stack)
      await addMail(stack, person.client, person.mailbox)
      for (const address of [person.mailbox, person.mailbox.toUpperCase()]) {
        const { body } = await person.client.send('POST', '/me/methods/email', { address })
        expect(body.code).toBe('already_enrolled')
      }
    })

    it('is not flooded: six codes an hour for one account', async () => {
      const person = await newSigned(stack)
      const codes: string[] = []
      for (let sent = 0; sent < 8; sent += 1) {
        const address = `${sent}-${person.mailbox}`
        const { status, body } = await person.client.send('POST', '/me/methods/email', { address })
        codes.push(status === 200 ? 'sent' : body.code)
      }
      expect(codes).toEqual([...Array(6).fill('sent'), 'too_many_codes', 'too_many_codes'])
    })

    it('is shown masked', async () => {
      const person = await newSigned(stack)
      await addMail(stack, person.client, person.mailbox)
      const { methods } = await listOf(person)
      expect(methods[0].label).toBe('o•••@home.example')
      expect(JSON.stringify(methods)).not.toContain(person.mailbox)
    })
  })

  describe('a removed method', () => {
    it('proves nothing at once, and is told at every address, its own too', async () => {
      const person = await newSigned(stack)
      const methodId = await addMail(stack, person.client, person.mailbox)
      const code = await mailedStepUp(stack, person.client, methodId, person.mailbox)
      const totp = await addTotp(person.client)
      expect(await listOf(person)).toMatchObject({ recoverable: true })
      const gone = await person.client.send('DELETE', `/me/methods/${methodId}`)
      expect(gone.status).toBe(204)
      const path = `/session/step-up/${methodId}/verify`
      const proof = { kind: 'email', code }
      expect((await person.client.send('POST', path, proof)).body.code).toBe('not_found')
      expect((await person.client.send('DELETE', `/me/methods/${methodId}`)).body.code).toBe(
        'not_found',
      )
      expect(await listOf(person)).toMatchObject({
        recoverable: false,
        methods: [{ methodId: totp.methodId }],
      })
      for (const address of [person.mail, person.mailbox]) {
        await expect.poll(() => mailsTo(address, /removed/i), { timeout: 10_000 }).toHaveLength(1)
      }
    })

    it('is removed by one of many', async () => {
      const person = await newSigned(stack)
      const { methodId } = await addTotp(person.client)
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => person.client.send('DELETE', `/me/methods/${methodId}`)),
      )
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
      expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    })
  })

  it('two different methods are enough, two of a kind are not', async () => {
    const person = await newSigned(stack)
    await addTotp(person.client)
    await addTotp(person.client)
    expect(await listOf(person)).toMatchObject({ recoverable: false })
    await addMail(stack, person.client, person.mailbox)
    expect(await listOf(person)).toMatchObject({ recoverable: true })
  })

  it('an account that was switched off meanwhile is signed out by its next change', async () => {
    const person = await newSigned(stack)
    await stack.lab.directory.modify(person.dn, { userAccountControl: ['514'] })
    const address = person.mailbox
    const answer = await person.client.send('POST', '/me/methods/email', { address })
    expect(answer.body.code).toBe('session_required')
    expect((await person.client.send('GET', '/session')).body.code).toBe('session_required')
  })

  it('an authenticator gets a seed of 160 bits in an address that every app understands', async () => {
    const person = await newSigned(stack)
    const begun = (await person.client.send('POST', '/me/methods/totp', { label: 'Phone' })).body
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/)
    const address = new URL(begun.uri)
    expect([address.protocol, address.host]).toEqual(['otpauth:', 'totp'])
    expect(address.searchParams.get('secret')).toBe(begun.secret)
    expect(address.searchParams.get('issuer')).toBe('Example Corporation')
    expect(decodeURIComponent(address.pathname)).toBe(`/Example Corporation:${person.account}`)
  })
})
