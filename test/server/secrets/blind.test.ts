import { beforeAll, expect, it } from 'vitest'
import { createEnvelope } from '../../../src/sealing/envelope.ts'
import type { Secrets } from '../../../src/server/domain/ports/secrets.ts'
import { createSecrets } from '../../../src/server/secrets/index.ts'

let secrets: Secrets

beforeAll(async () => {
  const masterKey = Buffer.alloc(32, 7)
  const envelope = createEnvelope({ currentKeyId: 'one', keys: { one: masterKey } })
  secrets = await createSecrets(masterKey, envelope)
})

it('counts a whole /64 as one network address, and each IPv4 address as its own', () => {
  const key = (address: string) => secrets.blind('address', address)
  expect(key('2001:db8:0:7::1')).toBe(key('2001:db8:0:7:1234:5678:9abc:def0'))
  expect(key('2001:db8:0:7::1')).not.toBe(key('2001:db8:0:8::1'))
  expect(key('::ffff:192.0.2.1')).toBe(key('192.0.2.1'))
  expect(key('::ffff:192.0.2.1')).not.toBe(key('::ffff:192.0.2.2'))
})
