export type RelayKeyRecord = {
  readonly keyId: string
  readonly publicKey: string
  /** Under the at-rest envelope. */
  readonly privateKey: string
  readonly createdAt: number
  readonly retiredAt: number | null
}

export interface RelayKeyStore {
  insert(key: RelayKeyRecord): Promise<void>
  find(keyId: string): Promise<RelayKeyRecord | null>
  current(): Promise<RelayKeyRecord | null>
  retire(keyId: string, now: number): Promise<boolean>
}
