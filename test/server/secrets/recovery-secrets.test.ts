import { expect, it } from 'vitest'
import { createEnvelope } from '../../../src/sealing/envelope.ts'
import { createRecoverySecrets } from '../../../src/server/secrets/recovery-secrets.ts'

it('a name and a number open for the recovery that they were sealed for, and not in place of each other', () => {
  const envelope = createEnvelope({ currentKeyId: 'one', keys: { one: Buffer.alloc(32, 7) } })
  const secrets = createRecoverySecrets(envelope)
  const name = secrets.sealTypedName('recovery-1', 'ada')
  const number = secrets.sealDirectoryNumber('recovery-1', '+491701234567')
  expect(number).not.toContain('1701234567')
  expect(secrets.openTypedName('recovery-2', name)).toBeNull()
  expect(secrets.openDirectoryNumber('recovery-2', number)).toBeNull()
  expect(secrets.openTypedName('recovery-1', number)).toBeNull()
  expect(secrets.openDirectoryNumber('recovery-1', name)).toBeNull()
  expect(secrets.openTypedName('recovery-1', name)).toBe('ada')
  expect(secrets.openDirectoryNumber('recovery-1', number)).toBe('+491701234567')
})
