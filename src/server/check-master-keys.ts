import { createEnvelope } from '../sealing/envelope.ts'
import type { ConfigSecrets } from './config/secrets.ts'
import type { KeyCheck, KeyChecks } from './store/key-checks.ts'

type MasterKeys = ConfigSecrets['masterKeys']

/** A master key bears the id of another one. The message is a sentence with the way out. */
export class MasterKeyError extends Error {
  constructor(keyId: string) {
    super(
      `The master key "${keyId}" is not the one that the store was sealed with: put the right one ` +
        'back; if that is lost, give the new one another id, and everybody has to enrol again.',
    )
    this.name = 'MasterKeyError'
  }
}

/**
 * Opens what each configured key has sealed in this store. SECURITY: with a wrong one nothing could be
 * opened, new values would be sealed under it, and checkpoints signed that nobody can verify.
 *
 * @returns ids of keys that have sealed something here and are not configured
 * @throws MasterKeyError
 */
export async function checkMasterKeys(
  checks: KeyChecks,
  { keys }: MasterKeys,
): Promise<readonly string[]> {
  const found = await checks.list()
  for (const check of found) {
    const key = keys[check.keyId]
    if (key !== undefined && !opens(key, check)) throw new MasterKeyError(check.keyId)
  }
  return found.map(({ keyId }) => keyId).filter((keyId) => !Object.hasOwn(keys, keyId))
}

/**
 * Checks them, and remembers those that are new to this store.
 *
 * @returns as `checkMasterKeys`
 * @throws MasterKeyError, also when another server came first with another key of the same id
 */
export async function acceptMasterKeys(
  checks: KeyChecks,
  masterKeys: MasterKeys,
): Promise<readonly string[]> {
  const missing = await checkMasterKeys(checks, masterKeys)
  const known = new Set((await checks.list()).map(({ keyId }) => keyId))
  const added = Object.entries(masterKeys.keys).filter(([keyId]) => !known.has(keyId))
  if (added.length === 0) return missing
  for (const [keyId, key] of added) {
    const envelope = createEnvelope({ currentKeyId: keyId, keys: { [keyId]: key } })
    await checks.add({ keyId, sealed: envelope.seal('', contextOf(keyId)) })
  }
  return checkMasterKeys(checks, masterKeys)
}

/** What to say about keys that are gone. */
export function missingKeysSentence(missing: readonly string[]): string {
  const ids = missing.map((id) => `"${id}"`).join(', ')
  return `What the master key ${ids} has sealed in the store cannot be opened`
}

function opens(key: Uint8Array, { keyId, sealed }: KeyCheck): boolean {
  const envelope = createEnvelope({ currentKeyId: keyId, keys: { [keyId]: key } })
  return envelope.open(sealed, contextOf(keyId)).ok
}

function contextOf(keyId: string): string {
  return `key-check:${keyId}`
}
