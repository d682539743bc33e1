import { err, ok } from '../../contract/result.ts'
import type { Envelope } from '../../sealing/envelope.ts'
import {
  exportSealingKeyPair,
  generateSealingKeyPair,
  importSealingKeyPair,
  open,
} from '../../sealing/hpke.ts'
import { randomToken } from '../../sealing/random.ts'
import type { Secrets } from '../domain/ports/secrets.ts'

/** The backend's own keys, to which new passwords are sealed in relay mode. */
export function createRelayKeys(envelope: Envelope): Pick<Secrets, 'newRelayKey' | 'openRelayed'> {
  return {
    async newRelayKey(now) {
      const keyId = randomToken()
      const pair = await generateSealingKeyPair({ exportable: true })
      const privateKey = envelope.seal(await exportSealingKeyPair(pair), contextOf(keyId))
      return { keyId, publicKey: pair.publicKey, privateKey, createdAt: now, retiredAt: null }
    },
    async openRelayed(key, sealed, context) {
      const stored = envelope.open(key.privateKey, contextOf(key.keyId))
      if (!stored.ok) return err({ code: 'refused' })
      const pair = await importSealingKeyPair(stored.value.toString('utf8'))
      if (!pair.ok) return err({ code: 'refused' })
      const bound = { ...context, keyId: key.keyId }
      const opened = await open(pair.value.privateKey, sealed, bound)
      if (!opened.ok) return opened
      try {
        return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened.value))
      } catch {
        return err({ code: 'malformed' })
      } finally {
        opened.value.fill(0)
      }
    },
  }
}

function contextOf(keyId: string): string {
  return `relay-key:${keyId}`
}
