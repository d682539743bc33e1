export type ChallengeRecord = {
  /** What the code is for: `recovery:<id>:<offerId>`, `session:<hash>:<methodId>`, `enrol:<methodId>`. */
  readonly subject: string
  /**
   * argon2id, PHC string format; of an authenticator's challenge its SHA-256. For `answered:<requestId>`
   * the method of the phone that has answered, which is no secret.
   */
  readonly codeHash: string
  readonly expiresAt: number
}

export interface ChallengeStore {
  /** A newer challenge for the same subject kills the older one. */
  put(challenge: ChallengeRecord): Promise<void>
  find(subject: string, now: number): Promise<ChallengeRecord | null>
  /** Spends it. False when it is spent, expired, or replaced by a newer one. */
  spend(subject: string, codeHash: string, now: number): Promise<boolean>
  /** Its code proves nothing any more. */
  remove(subject: string): Promise<void>
}
