import { describe, expect, test } from 'vitest'
import {
  clientConfig,
  parseUrl,
  serverName,
} from '../../../src/server/store/engine/postgres-config.ts'

function configFor(address: string, change: { password?: string; caPem?: string } = {}) {
  return clientConfig({ engine: 'postgresql', url: address, ...change }, parseUrl(address))
}

describe('an address is refused', () => {
  test.each([
    ['that is none', 'db.example.com'],
    ['of another kind', 'https://latchkey:canary@db.example.com/latchkey'],
    ['that would switch TLS off', 'postgresql://latchkey:canary@db.example.com/l?sslmode=disable'],
    ['that would leave the name unchecked', 'postgresql://db.example.com/l?sslmode=require'],
    [
      'that would change settings',
      'postgresql://db.example.com/l?options=-csynchronous_commit=off',
    ],
  ])('%s', (_, address) => {
    expect(() => parseUrl(address)).toThrow(TypeError)
    expect(() => parseUrl(address)).not.toThrow(/canary/)
  })
})

describe('beyond this machine', () => {
  test.each(['db.example.com', '10.0.0.5', '[fd00::5]', '128.0.0.1', 'localhost.example.com'])(
    '%s is reached by TLS, with its name verified',
    (host) => {
      const name = host.replace(/[[\]]/g, '')
      const { ssl } = configFor(`postgresql://latchkey@${host}/latchkey`, { caPem: 'CA' })
      expect(ssl).toEqual({ host: name, rejectUnauthorized: true, ca: 'CA' })
      const trusted = configFor(`postgresql://latchkey@${host}/latchkey`)
      expect(trusted.ssl).toEqual({ host: name, rejectUnauthorized: true })
    },
  )
})

describe('on this machine', () => {
  test.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]', '%2Frun%2Fpostgresql'])(
    '%s needs no TLS, unless an authority is named',
    (host) => {
      expect(configFor(`postgresql://latchkey@${host}/latchkey`).ssl).toBe(false)
      const { ssl } = configFor(`postgresql://latchkey@${host}/latchkey`, { caPem: 'CA' })
      expect(ssl).toMatchObject({ ca: 'CA', rejectUnauthorized: true })
    },
  )

  test('a socket is given by its folder', () => {
    const config = configFor('postgresql://l@%2Frun%2Fpg/db')
    expect(config).toMatchObject({ host: '/run/pg', user: 'l', database: 'db' })
  })
})

test('the parts of the address are decoded, and a password of its own wins', () => {
  const address = 'postgresql://lat%40chkey:se%3Acret@db.example.com:5433/latch%2Fkey'
  expect(configFor(address)).toMatchObject({
    ...{ host: 'db.example.com', port: 5433, user: 'lat@chkey', database: 'latch/key' },
    password: 'se:cret',
  })
  expect(configFor(address, { password: 'other' }).password).toBe('other')
  expect(configFor('postgresql://l@localhost/db')).not.toHaveProperty('password')
  expect(serverName(parseUrl(address))).toBe('db.example.com:5433')
})

test('commits are durable, and nobody waits for ever', () => {
  const config = configFor('postgresql://l@localhost/db')
  expect(config.options).toBe('-c synchronous_commit=on')
  expect(config.statement_timeout).toBeGreaterThan(0)
  expect(config.lock_timeout).toBeGreaterThan(0)
  expect(config.query_timeout).toBeGreaterThan(Number(config.statement_timeout))
})

test('64-bit numbers are numbers, unless they are too large to be exact', () => {
  const parse = configFor('postgresql://l@localhost/db').types?.getTypeParser(20) as (
    text: string,
  ) => unknown
  expect(parse('1795424400000')).toBe(1_795_424_400_000)
  expect(() => parse('9007199254740993')).toThrow(RangeError)
})
