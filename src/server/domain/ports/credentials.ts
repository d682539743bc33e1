/** What an authenticator has registered for one method (WebAuthn L3 §4, "credential record"). */
export type CredentialRecord = {
  /** Base64url; at most 1023 bytes, and of one account alone. */
  readonly credentialId: string
  readonly methodId: string
  readonly accountId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  /** The signature counter of the last use; 0 for authenticators that have none. */
  readonly counter: number
  /** The model of the authenticator, as a UUID; zeros when it does not say. */
  readonly aaguid: string
  /** BE: it may be copied to other devices of its owner. Never changes. */
  readonly backupEligible: boolean
  /** BS: it was copied, when it was last used. */
  readonly backedUp: boolean
  /** How the authenticator is reached, for the browser's choice of a dialog. */
  readonly transports: readonly string[]
  /** Random, and the same for all of an account's: what the authenticator knows its owner by. */
  readonly userHandle: string
}

/** What an authenticator said about itself when it was used. */
export type CredentialUse = { readonly counter: number; readonly backedUp: boolean }

export interface CredentialStore {
  /** False when it is registered already, for whomever. */
  insert(credential: CredentialRecord): Promise<boolean>
  find(credentialId: string): Promise<CredentialRecord | null>
  list(accountId: string): Promise<CredentialRecord[]>
  /**
   * Compare-and-set of the counter; also notes the use of the method. False when the counter does not
   * rise (0 never does, and need not), and for a method that is suspended or gone.
   */
  use(
    credential: Pick<CredentialRecord, 'credentialId' | 'methodId'>,
    use: CredentialUse,
    now: number,
  ): Promise<boolean>
}
