import { expect, it } from 'vitest'
import { createEnvelope } from '../../../src/sealing/envelope.ts'
import { createMethodSecrets } from '../../../src/server/secrets/method-secrets.ts'

it('opens for the account and the method that it was sealed for, and for no other', () => {
  const envelope = createEnvelope({ currentKeyId: 'one', keys: { one: Buffer.alloc(32, 7) } })
  const { sealMethodSecret, openMethodSecret } = createMethodSecrets(envelope)
  const own = { id: 'method-of-ada', accountId: 'ada' }
  const secret = sealMethodSecret(own, 'SEED')
  expect(openMethodSecret({ ...own, secret })).toBe('SEED')
  // As after `update methods set account_id = …`.
  expect(openMethodSecret({ ...own, accountId: 'mallory', secret })).toBeNull()
  expect(openMethodSecret({ ...own, id: 'another-method', secret })).toBeNull()
})
