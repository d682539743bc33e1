import type { MethodKind } from '../../../contract/method-kinds.ts'

export type MethodRecord = {
  readonly id: string
  readonly accountId: string
  readonly kind: MethodKind
  readonly label: string
  /** TOTP seed or mail address, under the at-rest envelope. */
  readonly secret: string
  readonly createdAt: number
  /** Null until a code has confirmed it; an unconfirmed method proves nothing. */
  readonly confirmedAt: number | null
  readonly lastUsedAt: number | null
  /** RFC 6238 §5.2: the last time step accepted. Only a greater one is accepted after it. */
  readonly lastStep: number
  readonly suspendedAt: number | null
}

export interface MethodStore {
  insert(method: MethodRecord): Promise<void>
  find(id: string): Promise<MethodRecord | null>
  list(accountId: string): Promise<MethodRecord[]>
  /** Confirms, once. */
  confirm(id: string, now: number): Promise<boolean>
  /**
   * Compare-and-set of the time step; also notes the use. False for the same or an older step, and
   * for a method that is suspended.
   */
  spendStep(id: string, step: number, now: number): Promise<boolean>
  touch(id: string, now: number): Promise<void>
  rename(id: string, label: string): Promise<void>
  suspend(id: string, now: number): Promise<boolean>
  remove(id: string, accountId: string): Promise<boolean>
}
