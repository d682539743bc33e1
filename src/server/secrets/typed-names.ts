import type { Envelope } from '../../sealing/envelope.ts'
import type { Secrets } from '../domain/ports/secrets.ts'

/** Names as they were typed, at rest until the directory has said whose they are. */
export function createTypedNames(
  envelope: Envelope,
): Pick<Secrets, 'sealTypedName' | 'openTypedName'> {
  return {
    sealTypedName: (recoveryId, name) => envelope.seal(name, contextOf(recoveryId)),
    openTypedName(recoveryId, sealed) {
      const opened = envelope.open(sealed, contextOf(recoveryId))
      return opened.ok ? opened.value.toString('utf8') : null
    },
  }
}

function contextOf(recoveryId: string): string {
  return `recovery:${recoveryId}:name`
}
