import type { Envelope } from '../../sealing/envelope.ts'
import type { MethodRecord } from '../domain/ports/methods.ts'
import type { Secrets } from '../domain/ports/secrets.ts'

/**
 * Seeds and addresses at rest, each bound to its method and to whose it is: a row that is moved to
 * another person opens no more.
 */
export function createMethodSecrets(
  envelope: Envelope,
): Pick<Secrets, 'sealMethodSecret' | 'openMethodSecret'> {
  return {
    sealMethodSecret: (method, secret) => envelope.seal(secret, contextOf(method)),
    openMethodSecret(method) {
      const opened = envelope.open(method.secret, contextOf(method))
      return opened.ok ? opened.value.toString('utf8') : null
    },
  }
}

/** Unambiguous: neither of the two holds a colon that could move the border between them. */
function contextOf({ id, accountId }: Pick<MethodRecord, 'id' | 'accountId'>): string {
  return `account:${accountId}:method:${id}:secret`
}
