import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Totp } from '../domain/ports/totp.ts'

const stepSeconds = 30
/** RFC 4226 §4 R6: 160 bits are recommended. */
const seedBytes = 20

/**
 * One-time codes of authenticator apps, by otplib.
 *
 * @param issuer - shown in the app above the account, e.g. the organisation's name
 */
export function createTotp(issuer: string): Totp {
  return {
    newSeed: () => generateSecret({ length: seedBytes }),
    // A colon separates issuer and label in the address, so neither may hold one.
    uri: (seed, label) =>
      generateURI({
        issuer: issuer.replaceAll(':', ' '),
        label: label.replaceAll(':', ' '),
        secret: seed,
      }),
    match(seed, code, now) {
      if (!/^\d{6}$/.test(code)) return null
      const epoch = Math.floor(now / 1000)
      const result = verifySync({ secret: seed, token: code, epoch, epochTolerance: stepSeconds })
      if (!result.valid) return null
      return Math.floor(epoch / stepSeconds) + result.delta
    },
  }
}
