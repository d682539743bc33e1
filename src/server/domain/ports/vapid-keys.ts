/** The key by which push services know this organisation (RFC 8292). There is one for good. */
export type VapidKeyRecord = {
  /** Uncompressed point, base64url. */
  readonly publicKey: string
  /** Under the at-rest envelope. */
  readonly privateKey: string
  readonly createdAt: number
}

export interface VapidKeyStore {
  find(): Promise<VapidKeyRecord | null>
  /** The first one stays. */
  insert(key: VapidKeyRecord): Promise<void>
}
