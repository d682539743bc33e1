import { z } from 'zod'

/**
 * Field types of the configuration file. The message of each says what is expected, for `load.ts` to
 * print next to the path; the value itself is never printed, since a secret may have strayed there.
 */

/** Text of one to 1,000 characters. */
export function text(expected: string) {
  return z.string({ error: expected }).min(1, { error: expected }).max(1000, { error: expected })
}

/** Text with a fixed shape. */
export function shaped(shape: RegExp, expected: string) {
  return text(expected).regex(shape, { error: expected })
}

export const hostName = shaped(/^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, 'a host name')
export const port = whole(1, 65_535, 'a port, 1 to 65535')
export const distinguishedName = shaped(
  /^\s*[A-Za-z][\w-]*=.+/,
  'a distinguished name, e.g. OU=Staff,DC=corp,DC=example,DC=com',
)
export const filePath = text('the path of a file, absolute or relative to this configuration')
export const flag = z.boolean({ error: 'true or false' })

/** A whole number within bounds. */
export function whole(least: number, most: number, expected: string) {
  return z.int({ error: expected }).min(least, { error: expected }).max(most, { error: expected })
}

/** A duration in whole seconds. */
export function seconds(least: number, most: number) {
  return whole(least, most, `a number of seconds, ${least} to ${most}`)
}

/** An HTTPS origin without a path. */
export const origin = text('an origin such as https://reset.example.com').refine(isHttpsOrigin, {
  error: 'an origin such as https://reset.example.com: https, no path, no trailing slash',
})

function isHttpsOrigin(value: string): boolean {
  try {
    const url = new URL(value)
    return url.protocol === 'https:' && url.origin === value
  } catch {
    return false
  }
}
