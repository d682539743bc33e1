import { expect, test } from 'vitest'
import {
  codeOf,
  explainAnswer,
  explainRequestError,
} from '../../../../src/server/notify/sms/faults.ts'

test.each([
  '+491701234567',
  '491701234567',
  'to-491701234567',
  'x'.repeat(33),
  '',
  'a b',
  {},
  null,
  [],
])('%j is not told: it could be a telephone number, or anything', (told) => {
  expect(codeOf(told)).toBeNull()
  const { code, reason } = explainAnswer({ status: 400, text: '' }, told)
  expect(`${code} ${reason}`).toBe('http_400 refuses (http_400)')
})

test.each([
  [21211, '21211'],
  ['bad_signature', 'bad_signature'],
  ['E.164-only', 'E.164-only'],
])('%j is told', (told, code) => {
  expect(codeOf(told)).toBe(code)
})

test('a message that is refused for good is not tried again; whoever is refused, may be let in later', () => {
  const isFinal = (status: number) => explainAnswer({ status, text: '' }, null).isFinal
  expect([400, 422].map(isFinal)).toEqual([true, true])
  expect([301, 401, 403, 404, 408, 429, 500, 503].map(isFinal)).not.toContain(true)
})

test('what went wrong on the way is said with the setting that puts it right', () => {
  const fixFor = (code: string, message = '') =>
    explainRequestError(Object.assign(new Error(message), { code })).fix
  expect(fixFor('DEPTH_ZERO_SELF_SIGNED_CERT')).toContain('sms.caFile')
  expect(fixFor('UNABLE_TO_VERIFY_LEAF_SIGNATURE')).toContain('sms.caFile')
  expect(fixFor('ECONNREFUSED')).toContain('firewall')
  expect(fixFor('too_slow')).toContain('firewall')
})
