import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPinnedAuthority } from '../../../src/main/backend/pinned-authority.ts'

const pem = (name: string) =>
  readFileSync(join(import.meta.dirname, 'certificates', `${name}.pem`), 'utf8')

const now = Date.parse('2030-01-01T00:00:00Z')
const host = 'reset.example.com'

function check(names: readonly string[], changed: object = {}) {
  const chain = names.map(pem)
  return checkPinnedAuthority({ chain, authoritiesPem: pem('pinned'), host, now, ...changed })
}

describe('a server is refused', () => {
  test.each([
    ['when it shows nothing', [], 'untrusted'],
    ['when it has signed for itself', ['self-signed'], 'untrusted'],
    ['when another authority has signed', ['server-of-other', 'other'], 'untrusted'],
    ['when an authority of the same name has', ['server-of-impostor', 'impostor'], 'untrusted'],
    ['when another server has signed', ['server-of-server', 'server'], 'untrusted'],
    [
      'when an issuer is no authority',
      ['server-of-no-authority', 'signs-but-no-authority'],
      'untrusted',
    ],
    ['when a certificate between is missing', ['server-of-intermediate'], 'untrusted'],
    [
      'when a limited authority made another',
      ['server-too-deep', 'too-deep', 'intermediate'],
      'untrusted',
    ],
    [
      'when an authority is constrained to other names',
      ['server-of-constrained', 'constrained'],
      'untrusted',
    ],
    [
      'when an authority is for clients',
      ['server-of-client-authority', 'client-authority'],
      'untrusted',
    ],
    ['when it is a client', ['client'], 'untrusted'],
    ['when it does not say what it is for', ['server-without-purpose'], 'untrusted'],
    ['when it is an authority itself', ['server-that-is-authority'], 'untrusted'],
    ['when it has a limit that nobody knows', ['server-with-unknown-limit'], 'untrusted'],
    ['when SHA-1 was used', ['server-sha1'], 'weak'],
    ['when its key is short', ['server-rsa-1024'], 'weak'],
    ['when only its common name fits', ['server-without-name'], 'wrong_name'],
    ['when it is for an address', ['server-by-address'], 'wrong_name'],
  ])('%s', (_, chain, refusal) => {
    expect(check(chain)).toBe(refusal)
  })

  test.each([
    ['another name', 'other.example.com'],
    ['a name that only begins like it', 'reset.example.com.attacker.example'],
    ['an address', '192.0.2.7'],
    ['nothing', ''],
  ])('when %s was dialled', (_, dialled) => {
    expect(check(['server'], { host: dialled })).toBe('wrong_name')
  })

  test('when a wildcard would have to cover two labels, or none', () => {
    for (const dialled of ['a.reset.example.com', 'example.com']) {
      expect(check(['server-wildcard'], { host: dialled })).toBe('wrong_name')
    }
  })

  test.each(['2020-01-01', '2200-01-01'])('outside its time, in %s', (date) => {
    expect(check(['server'], { now: Date.parse(date) })).toBe('wrong_time')
  })

  test('when nothing, or no certificate, is pinned', () => {
    for (const authoritiesPem of [
      '',
      'nothing',
      '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----',
    ]) {
      expect(check(['server'], { authoritiesPem })).toBe('untrusted')
    }
  })

  test('when its own certificate is not the first', () => {
    expect(check(['pinned', 'server'])).not.toBe(null)
  })

  test('whatever garbage it sends, without a crash', () => {
    const garbage = fc.array(fc.oneof(fc.string(), fc.constant(pem('server').slice(0, 300))))
    fc.assert(
      fc.property(garbage, (chain) => {
        expect(checkPinnedAuthority({ chain, authoritiesPem: pem('pinned'), host, now })).toBe(
          'untrusted',
        )
      }),
    )
  })

  test('when any byte of its certificate is changed', () => {
    const text = pem('server').replaceAll(/-----.*-----|\s/g, '')
    const der = Buffer.from(text, 'base64')
    fc.assert(
      fc.property(fc.nat({ max: der.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(der)
        changed[at] = (changed[at] ?? 0) ^ by
        const body = changed.toString('base64')
        const chain = [`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`]
        const options = { chain, authoritiesPem: pem('pinned'), host, now }
        expect(checkPinnedAuthority(options)).not.toBe(null)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a server is accepted', () => {
  test.each([
    ['from the pinned authority', ['server']],
    ['when the authority comes along', ['server', 'pinned']],
    ['with an RSA key of 2048 bits', ['server-rsa-2048']],
    ['with a wildcard', ['server-wildcard']],
    ['through one between', ['server-of-intermediate', 'intermediate']],
    [
      'when there is more than needed, in any order',
      ['server-of-intermediate', 'other', 'pinned', 'intermediate'],
    ],
  ])('%s', (_, chain) => {
    expect(check(chain)).toBe(null)
  })

  test('by its address', () => {
    expect(check(['server-by-address'], { host: '192.0.2.7' })).toBe(null)
  })

  test('when several authorities are pinned', () => {
    expect(check(['server-of-other'], { authoritiesPem: pem('pinned') + pem('other') })).toBe(null)
  })
})
