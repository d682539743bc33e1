import type { Envelope } from '../../sealing/envelope.ts'
import type { Secrets } from '../domain/ports/secrets.ts'

type RecoverySecrets = Pick<
  Secrets,
  'sealTypedName' | 'openTypedName' | 'sealDirectoryNumber' | 'openDirectoryNumber'
>

/**
 * What a recovery knows of somebody, at rest: the name as it was typed, until the directory has said
 * whose it is, and the number that the directory has for them.
 */
export function createRecoverySecrets(envelope: Envelope): RecoverySecrets {
  const open = (sealed: string, context: string) => {
    const opened = envelope.open(sealed, context)
    return opened.ok ? opened.value.toString('utf8') : null
  }
  return {
    sealTypedName: (recoveryId, name) => envelope.seal(name, nameOf(recoveryId)),
    openTypedName: (recoveryId, sealed) => open(sealed, nameOf(recoveryId)),
    sealDirectoryNumber: (recoveryId, number) => envelope.seal(number, numberOf(recoveryId)),
    openDirectoryNumber: (recoveryId, sealed) => open(sealed, numberOf(recoveryId)),
  }
}

function nameOf(recoveryId: string): string {
  return `recovery:${recoveryId}:name`
}

function numberOf(recoveryId: string): string {
  return `recovery:${recoveryId}:directory-number`
}
