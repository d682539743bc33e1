import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStack, type Stack, storeEngines } from '../../helpers/stack.ts'
import { signedIn } from '../session/portal-client.ts'
import { addMail, addTotp, codeOf, newSigned, type Signed } from './people.ts'

const lost = '/me/methods/lost'

describe.each(storeEngines)('on %s, what was lost', (engine) => {
  let stack: Stack

  beforeAll(async () => {
    const limits = { requestsFromAddress: 100_000, codesFromAddress: 10_000 }
    stack = await openStack({ engine, sections: { limits } })
  })

  afterAll(() => stack?.stop())

  const kindsOf = async ({ client }: Pick<Signed, 'client'>) => {
    const { body } = await client.send('GET', '/me/methods')
    return body.methods.map(({ kind }: { kind: string }) => kind)
  }
  const newEquipped = async () => {
    const person = await newSigned(stack)
    const mail = await addMail(stack, person.client, person.mailbox)
    return { ...person, ids: { mail, totp: (await addTotp(person.client)).methodId } }
  }

  it('is not removed by a password alone', async () => {
    const person = await newEquipped()
    const thief = await signedIn(stack, person)
    const { body } = await thief.send('POST', lost, { methodIds: [person.ids.totp] })
    expect(body.code).toBe('step_up_required')
    expect(await kindsOf(person)).toEqual(['email', 'totp'])
  })

  it('is all of it one’s own, or nothing is removed', async () => {
    const person = await newEquipped()
    const other = await newEquipped()
    for (const methodIds of [
      [person.ids.totp, other.ids.totp],
      [person.ids.totp, 'no-such-method'],
    ]) {
      const { body } = await person.client.send('POST', lost, { methodIds })
      expect(body.code).toBe('not_found')
    }
    expect(await kindsOf(person)).toEqual(['email', 'totp'])
    expect(await kindsOf(other)).toEqual(['email', 'totp'])
  })

  it.each([[[]], [['']], ['x'], [null]])('is named, not %j', async (methodIds) => {
    const person = await newEquipped()
    const { status } = await person.client.send('POST', lost, { methodIds })
    expect(status).toBe(400)
  })

  it('goes at once, every address is told once, and other sessions end', async () => {
    const person = await newEquipped()
    const open = await signedIn(stack, person)
    const answer = await person.client.send('POST', lost, {
      methodIds: [person.ids.totp, person.ids.mail],
    })
    expect(answer.body).toMatchObject({ methods: [], recoverable: false })
    expect((await open.send('GET', '/session')).status).toBe(401)
    expect((await person.client.send('GET', '/session')).status).toBe(200)
    for (const address of [person.mail, person.mailbox]) {
      await expect
        .poll(async () => {
          const all = await stack.lab.mail.messages()
          const own = all.filter(({ to }) => to.includes(address))
          return own.map(({ text }) => text).filter((text) => text.includes('reported lost'))
        })
        .toHaveLength(1)
    }
  })

  it('proves nothing any more, and can be set up anew', async () => {
    const person = await newSigned(stack)
    await addMail(stack, person.client, person.mailbox)
    const { methodId, secret } = await addTotp(person.client)
    await person.client.send('POST', lost, { methodIds: [methodId] })
    const proof = { kind: 'totp', code: await codeOf(secret) }
    const path = `/session/step-up/${methodId}/verify`
    expect((await person.client.send('POST', path, proof)).body.code).toBe('not_found')
    expect(await kindsOf(person)).toEqual(['email'])
    await addTotp(person.client)
    expect(await kindsOf(person)).toEqual(['email', 'totp'])
  })
})
