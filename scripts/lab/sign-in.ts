import { Client } from 'ldapts'

/** Where to try a password: any domain controller over LDAPS. */
export interface SignInTarget {
  address: string
  /** The name its certificate is for. */
  host: string
  port: number
  caPem: string
}

const TIMEOUT_MS = 10_000

/**
 * Binds as somebody, over LDAPS: the same check that a sign-in at the workstation ends with.
 *
 * @returns an empty text when the directory accepts the password, else its message
 */
export async function trySignIn(
  name: string,
  password: string,
  { address, host, port, caPem }: SignInTarget,
): Promise<string> {
  const client = new Client({
    url: `ldaps://${address}:${port}`,
    tlsOptions: { ca: caPem, servername: host },
    timeout: TIMEOUT_MS,
    connectTimeout: TIMEOUT_MS,
  })
  try {
    await client.bind(name, password)
    return ''
  } catch (error) {
    return String(error)
  } finally {
    await client.unbind()
  }
}

/**
 * Tries wrong passwords until the directory locks the account.
 *
 * @returns whether it did; a domain without a lockout threshold never does
 */
export async function lockOut(userPrincipalName: string, target: SignInTarget): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const answer = await trySignIn(userPrincipalName, 'not the password', target)
    if (answer.includes('data 775')) return true
  }
  return false
}
