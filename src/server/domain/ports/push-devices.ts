/** A phone with our authenticator, or one that is about to become one. */
export type PushDeviceRecord = {
  readonly methodId: string
  readonly accountId: string
  /** SHA-256 of the secret in the link that pairs it; null once that was spent. */
  readonly pairing: string | null
  readonly pairingExpiresAt: number
  /** Shown by the phone after pairing, and asked for by the portal; null before. */
  readonly number: string | null
  /** RFC 7638 thumbprint of the key that signs its answers; null until it was paired. */
  readonly thumbprint: string | null
  /** Where its browser vendor takes messages for it, under the at-rest envelope; null: nowhere. */
  readonly subscription: string | null
  readonly createdAt: number
}

export interface PushDeviceStore {
  /** Goes when its method goes. */
  insert(device: PushDeviceRecord): Promise<void>
  find(methodId: string): Promise<PushDeviceRecord | null>
  findByPairing(pairing: string): Promise<PushDeviceRecord | null>
  findByThumbprint(thumbprint: string): Promise<PushDeviceRecord | null>
  list(accountId: string): Promise<PushDeviceRecord[]>
  /** Spends the pairing secret. False when it is spent or too old. */
  pair(
    pairing: string,
    phone: { readonly thumbprint: string; readonly number: string },
    now: number,
  ): Promise<boolean>
  /** With `onlyIf`, only while the subscription is still that one. */
  subscribe(methodId: string, subscription: string | null, onlyIf?: string): Promise<void>
}
