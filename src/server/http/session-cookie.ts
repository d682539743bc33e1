/**
 * SECURITY: with the prefix `__Host-` browsers take the cookie only over HTTPS, for this very host and
 * for the whole of it, so that no neighbour under the same domain can plant one (RFC 6265bis §4.1.3.2).
 */
export const sessionCookieName = '__Host-latchkey'

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'

/** A `Set-Cookie` value that ends with the browser; the server ends the session earlier than that. */
export function sessionCookie(token: string): string {
  return `${sessionCookieName}=${token}; ${attributes}`
}

/** A `Set-Cookie` value that makes the browser forget the token. */
export function expiredSessionCookie(): string {
  return `${sessionCookieName}=; Max-Age=0; ${attributes}`
}

/**
 * The token that came with a request, when it looks like one of ours: 256 bits in base64url. Two of
 * them are refused, since one is not from us.
 */
export function sessionToken(cookieHeader: string | undefined): string | null {
  const pairs = (cookieHeader ?? '').split(';').map((pair) => pair.trim().split('='))
  const values = pairs.filter(([name]) => name === sessionCookieName).map(([, value]) => value)
  const [token] = values
  return values.length === 1 && token && /^[\w-]{43}$/.test(token) ? token : null
}
