import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeEvent } from '../../../src/server/audit/encode.ts'
import { eventFields } from '../../../src/server/audit/event-fields.ts'
import type { AuditEvent } from '../../../src/server/domain/audit-events.ts'

const at = 1_795_424_400_000
const planned = {
  event: 'recovery.planned',
  at,
  fields: {
    recoveryId: 'r1',
    accountId: 'a1',
    accountName: 'jmueller',
    mode: 'direct',
    controller: 'dc1',
  },
} as const

/** What a program in error might hand over. */
function wrong(change: object, fields: object = {}): AuditEvent {
  return { ...planned, ...change, fields: { ...planned.fields, ...fields } } as AuditEvent
}

describe('an event is refused', () => {
  test.each([
    ['when it is not on the list', wrong({ event: 'password.seen' })],
    ['when its name is that of an object’s member', wrong({ event: 'constructor' })],
    ['with a field that is not on the list', wrong({}, { password: 'canary-1' })],
    ['with a field of another event', wrong({}, { attempts: 1 })],
    ['with a field named like an object’s member', wrong({}, { constructor: 'x' })],
    ['without one of its fields', wrong({}, { accountName: undefined })],
    ['with a number for a text', wrong({}, { accountName: 7 })],
    ['with an object for a text', wrong({}, { accountName: { password: 'canary-1' } })],
    ['with prose for a word', wrong({}, { mode: 'canary-1 is my password' })],
    ['with an empty word', wrong({}, { recoveryId: '' })],
    ['with null where there has to be a value', wrong({}, { recoveryId: null })],
    ['at a time with a fraction', wrong({ at: at + 0.5 })],
    ['at no time', wrong({ at: Number.NaN })],
  ])('%s', (_, event) => {
    expect(() => encodeEvent(event)).toThrow(TypeError)
  })

  test.each([-1, 1.5, Number.NaN, Infinity, '2'])('with %j for a count', (attempts) => {
    const fields = { recoveryId: 'r1', accountId: null, kind: 'totp', attempts }
    const event = { event: 'recovery.proof_refused', at, fields } as AuditEvent
    expect(() => encodeEvent(event)).toThrow(TypeError)
  })

  test.each([['x'], [[1]], [['a b']], [Array.from({ length: 33 }, () => 'x')]])(
    'with %j for a list of words',
    (reasons) => {
      const fields = { recoveryId: 'r1', accountId: null, reasons }
      const event = { event: 'recovery.password_refused', at, fields } as AuditEvent
      expect(() => encodeEvent(event)).toThrow(TypeError)
    },
  )

  test('without repeating what it held', () => {
    const events = [
      wrong({}, { password: 'canary-1' }),
      wrong({}, { mode: 'canary-1 is my password' }),
      wrong({}, { accountName: ['canary-1'] }),
    ]
    for (const event of events) expect(() => encodeEvent(event)).not.toThrow(/canary/)
    for (const event of events) expect(() => encodeEvent(event)).toThrow()
  })
})

test('an event becomes canonical JSON (RFC 8785)', () => {
  expect(encodeEvent(planned)).toBe(
    '{"at":1795424400000,"event":"recovery.planned","fields":{"accountId":"a1",' +
      '"accountName":"jmueller","controller":"dc1","mode":"direct","recoveryId":"r1"}}',
  )
})

test('what was typed is kept as JSON, whatever it is', () => {
  // The strings of RFC 8785 §3.2.2.2, and what people try.
  const typed = '€$\u000f\nA\'B"\\\\"/ <script> \u2028 😀'
  const body = encodeEvent({ ...planned, fields: { ...planned.fields, accountName: typed } })
  expect(body).toContain(`${String.raw`"accountName":"€$\u000f\nA'B\"\\\\\"/ <script> `}\u2028 😀"`)
  expect(JSON.parse(body).fields.accountName).toBe(typed)
})

test('what is too long is cut, and half a character replaced', () => {
  const typed = (text: string) => {
    const body = encodeEvent({ ...planned, fields: { ...planned.fields, accountName: text } })
    return JSON.parse(body).fields.accountName
  }
  expect(typed('x'.repeat(100_000))).toBe(`${'x'.repeat(255)}…`)
  expect(typed('x'.repeat(256))).toBe('x'.repeat(256))
  expect(typed('a\ud83d')).toBe('a\ufffd')
  expect(typed('\ude00b')).toBe('\ufffdb')
  expect(typed(`${'x'.repeat(254)}😀 cut in the middle`)).toBe(`${'x'.repeat(254)}\ufffd…`)
})

test('any text gives one line that reads back the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const body = encodeEvent({ ...planned, fields: { ...planned.fields, accountName: text } })
      expect(body).not.toMatch(/[\n\0]/)
      expect(JSON.stringify(JSON.parse(body))).toBe(body)
    }),
  )
})

test('no field of any event could hold a secret by its name', () => {
  const names = Object.values(eventFields).flatMap((fields) => Object.keys(fields))
  expect(names.filter((name) => /secret|code$|token|seed|key|hash|^password$/i.test(name))).toEqual(
    ['code'],
  )
})
