import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type IpcVerb, ipcVerbs } from '../../../src/contract/ipc-channels.ts'
import { parseRequest } from '../../../src/main/ipc/parse-request.ts'

describe('arguments are refused', () => {
  const hostile: [IpcVerb, unknown[]][] = [
    ['start', []],
    ['start', [null]],
    ['start', [{ account: '', purpose: 'reset' }]],
    ['start', [{ account: 'a'.repeat(257), purpose: 'reset' }]],
    ['start', [{ account: 'erika', purpose: 'admin' }]],
    ['start', [{ account: 'erika', purpose: 'reset', token: 'x' }]],
    ['start', [{ account: { toString: () => 'erika' }, purpose: 'reset' }]],
    ['start', [{ account: 'erika', purpose: 'reset' }, 'more']],
    ['challenge', ['x'.repeat(65)]],
    ['challenge', [7]],
    ['verify', ['method-1', { kind: 'totp', code: '12345' }]],
    ['verify', ['method-1', { kind: 'totp', code: 123456 }]],
    ['verify', ['method-1', { kind: 'magic', code: '123456' }]],
    ['verify', ['method-1', { kind: 'totp', code: '123456', proven: true }]],
    ['setPassword', ['']],
    ['setPassword', ['x'.repeat(257)]],
    ['setPassword', [['array']]],
    ['unlock', ['now']],
    ['leave', [{}]],
    ['settings', [undefined]],
  ]
  test.each(hostile)('of %s: %j', (verb, values) => {
    expect(parseRequest(verb, values)).toBe(null)
  })

  test('whatever is sent, only what the verb takes comes out', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ipcVerbs), fc.array(fc.anything()), (verb, values) => {
        const parsed = parseRequest(verb, values)
        if (parsed === null) return
        for (const value of parsed) {
          if (typeof value === 'string') expect(value.length).toBeLessThanOrEqual(256)
          else expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('which reach for the prototype', () => {
    const request = JSON.parse('{"account":"erika","purpose":"reset","__proto__":{"admin":true}}')
    const parsed = parseRequest('start', [request])
    expect(parsed === null || !('admin' in (parsed[0] as object))).toBe(true)
  })
})

test('what people type is accepted, and spaces in a code do not matter', () => {
  expect(parseRequest('start', [{ account: ' erika ', purpose: 'reset' }])).toEqual([
    { account: 'erika', purpose: 'reset' },
  ])
  expect(parseRequest('verify', ['method-1', { kind: 'totp', code: '123 456' }])).toEqual([
    'method-1',
    { kind: 'totp', code: '123456' },
  ])
  expect(parseRequest('setPassword', [' spaces stay '])).toEqual([' spaces stay '])
})
