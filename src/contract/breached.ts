import { z } from 'zod'

/**
 * The first five hexadecimal digits of the SHA-1 of a password: all that is told of it when the list
 * of leaked passwords is asked (k-anonymity, as haveibeenpwned.com does it).
 */
export const BreachedPrefix = z.string().regex(/^[0-9A-Fa-f]{5}$/)

/** `GET /passwords/breached/{prefix}` */
export const BreachedParameters = z.strictObject({ prefix: BreachedPrefix })

/**
 * Its answer, in the form of haveibeenpwned.com: on each line the other 35 digits of a hash and, after
 * a colon, 1; or 0 for lines that only make every answer as long as every other.
 */
export const BreachedSuffixes = z.string().regex(/^([0-9A-F]{35}:[01]\r\n)*$/)
