import type { Envelope } from '../../sealing/envelope.ts'
import type { Secrets } from '../domain/ports/secrets.ts'

/** Seeds and addresses at rest, each bound to its method: a row cannot be moved to another person. */
export function createMethodSecrets(
  envelope: Envelope,
): Pick<Secrets, 'sealMethodSecret' | 'openMethodSecret'> {
  return {
    sealMethodSecret: (methodId, secret) => envelope.seal(secret, contextOf(methodId)),
    openMethodSecret(methodId, sealed) {
      const opened = envelope.open(sealed, contextOf(methodId))
      return opened.ok ? opened.value.toString('utf8') : null
    },
  }
}

function contextOf(methodId: string): string {
  return `method:${methodId}:secret`
}
