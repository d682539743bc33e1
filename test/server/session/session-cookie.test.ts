import { describe, expect, it } from 'vitest'
import {
  expiredSessionCookie,
  sessionCookie,
  sessionToken,
} from '../../../src/server/http/session-cookie.ts'

const token = 'T'.repeat(43)

describe('what is not one of our tokens is not looked up', () => {
  it.each([
    ['no cookie at all', undefined],
    ['another cookie', `latchkey=${token}`],
    ['the name without its prefix', `Host-latchkey=${token}`],
    ['a short token', '__Host-latchkey=abc'],
    ['a long token', `__Host-latchkey=${token}T`],
    ['something that is no token', `__Host-latchkey=${'%'.repeat(43)}`],
    ['an empty one', '__Host-latchkey='],
    ['two of them', `__Host-latchkey=${token}; __Host-latchkey=${token}`],
  ])('%s', (_, header) => {
    expect(sessionToken(header)).toBeNull()
  })
})

describe('the cookie', () => {
  it('is for this host, over HTTPS, not for scripts and not for other sites', () => {
    const [pair, ...attributes] = sessionCookie(token).split('; ')
    expect(pair).toBe(`__Host-latchkey=${token}`)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'])
  })

  it('comes back', () => {
    expect(sessionToken(`a=b; __Host-latchkey=${token}; c=d`)).toBe(token)
  })

  it('can be forgotten', () => {
    expect(expiredSessionCookie()).toMatch(/^__Host-latchkey=; Max-Age=0; Path=\//)
  })
})
