import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SmsProvider } from '../../../scripts/lab/sms-provider.ts'
import { openLab } from '../../helpers/lab.ts'
import { newNumber, startSmsLab, textedCode } from '../../helpers/sms.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'
import { type Client, newClient, signedIn } from '../session/portal-client.ts'
import { addTotp, newPerson, newSigned, otherCode } from './people.ts'

let stack: Stack
let provider: SmsProvider

beforeAll(async () => {
  const sms = await startSmsLab(await openLab())
  provider = sms.provider
  stack = await openStack({
    sections: {
      sms: sms.webhook,
      policy: { methods: ['totp', 'email', 'sms'] },
      limits: { requestsFromAddress: 100_000, smsFromAddress: 10_000, smsForNumber: 3 },
    },
  })
})

afterEach(() => provider.behave({ kind: 'accept' }))

afterAll(async () => {
  await stack?.stop()
  await provider?.stop()
})

const begin = (client: Client, number: string) => client.send('POST', '/me/methods/sms', { number })
const listOf = async (client: Client) => (await client.send('GET', '/me/methods')).body.methods
const confirm = (client: Client, methodId: string, code: string) =>
  client.send('POST', `/me/methods/${methodId}/confirm`, { code })

/** Sets a number up. @throws when it is refused */
async function addNumber(client: Client, number: string): Promise<string> {
  const since = Date.now()
  const begun = await begin(client, number)
  if (begun.status !== 200) throw new Error(JSON.stringify(begun.body))
  const code = await textedCode(provider, number, since)
  const confirmed = await confirm(client, begun.body.methodId, code)
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body))
  return begun.body.methodId
}

describe('a number is refused, and nothing is sent', () => {
  test.each([
    ['of another country', '+44 7400 123456', 422, 'number_not_allowed'],
    ['that whoever calls it pays for', '0900 1234567', 422, 'number_not_allowed'],
    ['that is no mobile phone', '+49 30 1234567', 422, 'number_not_allowed'],
    ['that does not exist', '+49 170 1', 400, 'invalid_request'],
    ['that is no number', 'my phone', 400, 'invalid_request'],
    ['that is empty', '   ', 400, 'invalid_request'],
    ['that is endless', '1'.repeat(1000), 400, 'invalid_request'],
  ])('%s', async (_, number, status, code) => {
    const { client } = await newSigned(stack)
    const requests = provider.requests()
    const answer = await begin(client, number)
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code })
    expect(await listOf(client)).toEqual([])
    expect(provider.requests()).toBe(requests)
  })

  test('to nobody who has not signed in, and from no other site', async () => {
    const number = newNumber()
    expect((await begin(newClient(stack), number)).body.code).toBe('session_required')
    const { client } = await newSigned(stack)
    const headers = { origin: 'https://evil.example' }
    const crossed = await client.send('POST', '/me/methods/sms', { number }, headers)
    expect(crossed.body.code).toBe('cross_origin')
  })

  test('to a password alone, once there is a method', async () => {
    const person = await newPerson(stack)
    await addTotp(await signedIn(stack, person))
    const thief = await signedIn(stack, person)
    expect((await begin(thief, newNumber())).body.code).toBe('step_up_required')
  })

  test('twice for the same person, however it is written', async () => {
    const { client } = await newSigned(stack)
    const number = newNumber()
    await addNumber(client, number)
    const spelling = `0${number.slice(3, 6)}-${number.slice(6)}`
    expect((await begin(client, spelling)).body.code).toBe('already_enrolled')
  })

  test('more often than a number may have, whoever asks for it', async () => {
    const number = newNumber()
    const codes = []
    for (let index = 0; index < 4; index += 1) {
      const { client } = await newSigned(stack)
      codes.push((await begin(client, number)).body.code)
    }
    expect(codes).toEqual([undefined, undefined, undefined, 'too_many_codes'])
  })
})

test('a number counts once its own code has come back, and not before', async () => {
  const { client } = await newSigned(stack)
  const number = newNumber()
  const begun = await begin(client, `0${number.slice(3, 6)} ${number.slice(6)}`)
  expect(begun.body.number.replaceAll(' ', '')).toBe(number)
  const code = await textedCode(provider, number)
  expect(await listOf(client)).toEqual([])
  expect((await confirm(client, begun.body.methodId, otherCode(code))).body).toMatchObject({
    ...{ code: 'proof_refused', attemptsLeft: 4 },
  })
  expect((await confirm(client, begun.body.methodId, code)).status).toBe(200)
  expect(await listOf(client)).toEqual([
    expect.objectContaining({
      ...{ kind: 'sms', label: `+49 ••• ••${number.slice(-2)}` },
      ...{ suspended: false, reconfirm: false },
    }),
  ])
})

test('it opens changes while there is nothing stronger, and no longer', async () => {
  const person = await newPerson(stack)
  const number = newNumber()
  const first = await signedIn(stack, person)
  const methodId = await addNumber(first, number)
  const client = await signedIn(stack, person)
  const since = Date.now()
  expect((await client.send('POST', `/session/step-up/${methodId}/challenge`)).status).toBe(200)
  const code = await textedCode(provider, number, since)
  const path = `/session/step-up/${methodId}/verify`
  const wrong = { kind: 'sms', code: otherCode(code) }
  expect((await client.send('POST', path, wrong)).body.code).toBe('proof_refused')
  expect((await client.send('POST', path, { kind: 'sms', code })).body.steppedUp).toBe(true)
  await addTotp(client)
  const later = await signedIn(stack, person)
  const refused = await later.send('POST', `/session/step-up/${methodId}/challenge`)
  expect(refused.body.code).toBe('wrong_state')
})

test('neither the number nor a code lies open in anything that the backend writes', async () => {
  const { client } = await newSigned(stack)
  const number = newNumber()
  const body = JSON.stringify({ code: number, message: `cannot reach ${number}` })
  provider.behave({ kind: 'answer', status: 500, body })
  await begin(client, number)
  await expect.poll(() => stack.backend.output()).toContain('sms_failed')
  provider.behave({ kind: 'accept' })
  const code = await textedCode(provider, number)
  const folder = dirname(stack.backend.configFile)
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))
  const written = Buffer.concat(
    files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)),
  )
  // Nothing would be found in an empty heap either.
  expect(written.includes('latchkey')).toBe(true)
  expect(written.includes(number.slice(3))).toBe(false)
  expect(written.includes(`"${code}"`)).toBe(false)
  expect(stack.backend.output()).not.toContain(number.slice(3))
})

describe('doctor', () => {
  const findings = async () => {
    const { code, output } = await stack.backend.cli('doctor', '--json')
    const all: { check: string; verdict: string; detail: string }[] = JSON.parse(output).findings
    return { code, found: all.filter(({ check }) => check === 'text messages') }
  }

  test('says what is wrong with the provider', async () => {
    provider.behave({ kind: 'answer', status: 401, body: '{"code":"bad_signature"}' })
    const { code, found } = await findings()
    expect(code).toBe(1)
    expect(found[0]).toMatchObject({
      ...{ verdict: 'failed', detail: 'the provider refuses the account (bad_signature)' },
      fix: expect.stringContaining('sms.secretFile'),
    })
  })

  test('says what was given up lately, and sends nothing', async () => {
    const { client } = await newSigned(stack)
    provider.behave({ kind: 'answer', status: 422, body: '{"code":"blocked"}' })
    await begin(client, newNumber())
    await expect.poll(() => stack.backend.output()).toContain('sms_given_up')
    provider.behave({ kind: 'accept' })
    const messages = provider.messages().length
    const { found } = await findings()
    expect(found).toEqual([
      { check: 'text messages', verdict: 'ok', detail: 'webhook, to DE, AT' },
      expect.objectContaining({
        verdict: 'warning',
        detail: expect.stringMatching(/^\d+ given up within a day, the last one for: blocked$/),
      }),
    ])
    expect(provider.messages()).toHaveLength(messages)
  })
})
