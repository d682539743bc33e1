import { describe, expect, it } from 'vitest'
import { isOwnOrigin } from '../../../src/server/http/session-origin.ts'

const origin = 'https://reset.example.com'

describe('a request that changes something is refused', () => {
  it.each([
    ['without an origin', {}],
    ['from another site', { origin: 'https://evil.example' }],
    ['from a neighbour', { origin: 'https://www.reset.example.com' }],
    ['from a name that begins alike', { origin: 'https://reset.example.com.evil.example' }],
    ['over plain http', { origin: 'http://reset.example.com' }],
    ['from another port', { origin: 'https://reset.example.com:8443' }],
    ['from a sandboxed frame', { origin: 'null' }],
    ['from the same site, yet another origin', { origin, 'sec-fetch-site': 'same-site' }],
    ['from elsewhere by the other header', { origin, 'sec-fetch-site': 'cross-site' }],
    ['typed into the address bar', { origin, 'sec-fetch-site': 'none' }],
  ])('%s', (_, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(isOwnOrigin(method, headers, origin)).toBe(false)
    }
  })
})

describe('let through are', () => {
  it.each([
    ['our own pages', { origin, 'sec-fetch-site': 'same-origin' }],
    ['our own pages in an older browser', { origin }],
  ])('%s', (_, headers) => {
    expect(isOwnOrigin('POST', headers, origin)).toBe(true)
  })

  it('requests that only read', () => {
    expect(isOwnOrigin('GET', { 'sec-fetch-site': 'cross-site' }, origin)).toBe(true)
  })
})
