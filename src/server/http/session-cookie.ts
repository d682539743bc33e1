import { fastifyCookie } from '@fastify/cookie'

/**
 * SECURITY: with the prefix `__Host-` browsers take the cookie only over HTTPS, for this very host and
 * for the whole of it, so that no neighbour under the same domain can plant one (RFC 6265bis §4.1.3.2).
 */
export const sessionCookieName = '__Host-latchkey'

const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const

/** A `Set-Cookie` value that ends with the browser; the server ends the session earlier than that. */
export function sessionCookie(token: string): string {
  return fastifyCookie.serialize(sessionCookieName, token, attributes)
}

/** A `Set-Cookie` value that makes the browser forget the token. */
export function expiredSessionCookie(): string {
  return fastifyCookie.serialize(sessionCookieName, '', { ...attributes, maxAge: 0 })
}

/** The token that came with a request, when it looks like one of ours: 256 bits in base64url. */
export function sessionToken(cookieHeader: string | undefined): string | null {
  if (cookieHeader === undefined) return null
  const token = fastifyCookie.parse(cookieHeader)[sessionCookieName]
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null
}
