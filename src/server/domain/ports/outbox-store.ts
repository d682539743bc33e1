/** Mail to be sent, at least once, surviving restarts and an absent SMTP server. */
export type OutboxRecord = {
  readonly id: string
  /** Recipient, template and data under the at-rest envelope; null for a stranger's decoy. */
  readonly sealed: string | null
  readonly createdAt: number
  readonly nextTryAt: number
  readonly tries: number
  /** After that it is pointless to send, e.g. an expired code. */
  readonly expiresAt: number
}

export interface OutboxStore {
  put(mail: OutboxRecord): Promise<void>
  /** Takes what is due and hides it until `hideUntil`, so that two replicas do not both send it. */
  takeDue(now: number, hideUntil: number, limit: number): Promise<OutboxRecord[]>
  remove(id: string): Promise<void>
  retry(id: string, nextTryAt: number): Promise<void>
  count(): Promise<number>
}
