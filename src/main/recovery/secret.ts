/** Secret text in memory that can be overwritten. */
export type Secret = {
  /** The text, for a library that takes only text. It cannot be overwritten: keep it no longer than the call. */
  reveal(): string
  /** Overwrites the bytes. Afterwards the secret is empty. */
  wipe(): void
}

/**
 * Holds secret bytes.
 *
 * @param bytes - UTF-8; this function takes them over and wipes them in place
 */
export function createSecret(bytes: Uint8Array): Secret {
  let held = bytes
  return {
    reveal: () => Buffer.from(held.buffer, held.byteOffset, held.byteLength).toString('utf8'),
    wipe() {
      held.fill(0)
      held = new Uint8Array(0)
    },
  }
}
