/** RFC 6238 with the parameters that every authenticator app knows: SHA-1, six digits, 30 seconds. */
export interface Totp {
  /** A new 160-bit seed, base32. */
  newSeed(): string
  /** `otpauth://` address for the QR code. */
  uri(seed: string, label: string): string
  /**
   * The time step whose code this is: the current one, the one before or the one after (RFC 6238
   * §5.2). Null when it is none of them. Whether the step was spent before is for the store to say.
   *
   * @param now - milliseconds since the epoch
   */
  match(seed: string, code: string, now: number): number | null
}
