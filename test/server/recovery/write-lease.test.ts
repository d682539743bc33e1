import { expect, test } from 'vitest'
import { createActiveDirectory } from '../../../src/server/active-directory/index.ts'
import { startsWithinMs, writeLease } from '../../../src/server/features/recovery/write-intent.ts'

test.each([
  { connectTimeoutMs: 3_000, operationTimeoutMs: 8_000 },
  { connectTimeoutMs: 30_000, operationTimeoutMs: 30_000 },
])('a lease outlasts whatever a write may wait for: %o', async (timeouts) => {
  const account = { name: 'CORP\\svc', password: 'x' }
  const directory = createActiveDirectory({
    ...{ domain: 'corp.example.com', netbiosName: 'CORP', baseDn: 'DC=corp', controllers: [] },
    ...{ caPem: undefined, serviceAccount: account, agentAccount: account, enabledOus: [] },
    ...{ ...timeouts, now: Date.now },
  })
  const { connectTimeoutMs, operationTimeoutMs } = timeouts
  // Stopped after the intention; a free connection, TLS, the bind, the write, what it is named by.
  const longest = startsWithinMs + connectTimeoutMs + 4 * operationTimeoutMs
  expect(writeLease(directory)).toBeGreaterThanOrEqual(longest)
  await directory.close()
})
