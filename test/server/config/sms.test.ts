import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../../src/server/config/load.ts'
import { describeProblem } from '../../../src/server/config/problem.ts'
import { phoneCountriesFrom, smsAccessFrom } from '../../../src/server/config/sms.ts'
import { configFolder, pem } from './config-folder.ts'

const key = 'k'.repeat(32)
const twilio = {
  ...{ adapter: 'twilio', defaultCountry: 'DE', accountSid: 'AC0123' },
  ...{ from: '+491701234567', secretFile: 'sms.secret' },
}
const webhook = {
  ...{ adapter: 'webhook', defaultCountry: 'DE' },
  ...{ url: 'https://sms.example.com/hook', secretFile: 'sms.secret' },
}
const mail = { adapter: 'mail', defaultCountry: 'DE', address: '{number}@sms.example.com' }

function load(sms: unknown, environment: NodeJS.ProcessEnv = {}, more: object = {}) {
  const { config, put, write } = configFolder()
  put('sms.secret', `${key}\n`)
  const policy = { required: 2, methods: ['totp', 'sms'] }
  return loadConfig(write({ ...config, policy, ...more, ...(sms ? { sms } : {}) }), environment)
}

function problemsOf(...args: Parameters<typeof load>): string[] {
  const loaded = load(...args)
  return loaded.ok ? [] : loaded.error.map(describeProblem)
}

describe('refused with a sentence that says what to write', () => {
  test.each([
    ['http://sms.example.com/hook', 'plain http'],
    ['ftp://sms.example.com', 'another protocol'],
    ['https://user:secret-word@sms.example.com', 'a password in the address'],
    ['https://sms.example.com/#part', 'a part after #'],
    ['sms.example.com', 'no address at all'],
  ])('%s: %s', (url) => {
    for (const section of [webhook, twilio]) {
      const [problem] = problemsOf({ ...section, url })
      expect(problem).toContain('sms.url: is not valid; expected an address with https')
      expect(problem).not.toContain('secret-word')
    }
  })

  test('sms as a method, and no way to send', () => {
    expect(problemsOf(null)).toEqual([
      'policy.methods: names sms, and there is no section "sms" that says how to send; ' +
        'expected that section, or methods without sms',
    ])
  })

  test('text messages and mail together, which are weak both', () => {
    const policy = { required: 2, methods: ['sms', 'email'] }
    expect(problemsOf(twilio, {}, { policy }).join()).toContain('policy.methods')
  })

  test('a country that is none, and a list without any', () => {
    expect(problemsOf({ ...twilio, defaultCountry: 'UK' }).join()).toContain('GB, not UK')
    expect(problemsOf({ ...twilio, countries: ['DE', 'de'] }).join()).toContain('sms.countries.1')
    expect(problemsOf({ ...twilio, countries: [] }).join()).toContain('at least one country')
  })

  test('a sender twice, or none', () => {
    const { from: _, ...nobody } = twilio
    for (const sms of [nobody, { ...twilio, messagingServiceSid: 'MG1' }]) {
      expect(problemsOf(sms).join()).toContain('sms.from')
    }
    expect(problemsOf({ ...twilio, from: 'A name that is too long' }).join()).toContain('sms.from')
  })

  test('a secret that is missing, empty, or too short to sign with', () => {
    const { secretFile: _, ...without } = webhook
    expect(problemsOf(without)).toEqual([
      expect.stringContaining('sms.secretFile: is missing; expected a file with the password'),
    ])
    const short = { LATCHKEY_SMS_SECRET: 'hunter2' }
    const [problem] = problemsOf(without, short)
    expect(problem).toContain('sms.secretFile: is too short to sign with')
    expect(problem).not.toContain('hunter2')
  })

  test('a gateway’s address without a place for the number, or with two receivers', () => {
    for (const address of ['sms@example.com', '{number}@a, b@c', '{number}{digits}@example.com']) {
      expect(problemsOf({ ...mail, address }).join(), address).toContain('sms.address')
    }
  })

  test('an adapter that does not exist, and a setting of another one', () => {
    expect(problemsOf({ ...mail, adapter: 'pigeon' }).join()).toContain('"twilio"')
    expect(problemsOf({ ...mail, accountSid: 'AC1' }).join()).toContain(
      'sms.accountSid: is not known',
    )
  })
})

test('each adapter loads, with its defaults', () => {
  const { put } = configFolder()
  put('sms-ca.pem', pem)
  for (const section of [twilio, webhook, mail]) {
    const loaded = load(section)
    expect(loaded.ok ? loaded.value.file.sms?.adapter : loaded.error).toBe(section.adapter)
    if (!loaded.ok) continue
    expect(phoneCountriesFrom(loaded.value.file).countries).toEqual(['DE'])
    expect(loaded.value.file.policy.allowDirectoryPhone).toBe(false)
  }
  const loaded = load(twilio)
  expect(loaded.ok && smsAccessFrom(loaded.value)).toEqual({
    ...{ adapter: 'twilio', url: 'https://api.twilio.com', accountSid: 'AC0123', keySid: null },
    ...{ secret: key, sender: { from: '+491701234567' }, caPem: null },
  })
})

test('a secret in the environment is taken before the file', () => {
  const loaded = load(webhook, { LATCHKEY_SMS_SECRET: 'e'.repeat(40) })
  expect(loaded.ok && smsAccessFrom(loaded.value)).toMatchObject({ secret: 'e'.repeat(40) })
})
