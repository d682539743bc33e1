import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../../src/server/features/session/authenticate.ts'
import { sessionStatus } from '../../../src/server/features/session/session-status.ts'
import { signOut } from '../../../src/server/features/session/sign-out.ts'
import { type Frozen, freeze } from './frozen.ts'

const minute = 60_000

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze()
})

afterEach(async () => {
  await frozen.stop()
})

describe('a token opens nothing', () => {
  it('when it is none, or a stranger’s', async () => {
    await frozen.open()
    expect(await authenticate(frozen.deps, null)).toBeNull()
    expect(await authenticate(frozen.deps, 'A'.repeat(43))).toBeNull()
  })

  it('when it is the stored hash instead of the token', async () => {
    const { session } = await frozen.open()
    expect(await authenticate(frozen.deps, session.tokenHash)).toBeNull()
  })

  it('after fifteen minutes without a request, and not even when the clock goes back', async () => {
    const { token } = await frozen.open()
    frozen.pass(15 * minute)
    expect(await authenticate(frozen.deps, token)).toBeNull()
    frozen.pass(-10 * minute)
    expect(await authenticate(frozen.deps, token)).toBeNull()
  })

  it('after eight hours, however busy', async () => {
    const { token } = await frozen.open()
    for (let passed = 0; passed < 479; passed += 10) {
      expect(await authenticate(frozen.deps, token)).not.toBeNull()
      frozen.pass(10 * minute)
    }
    expect(await authenticate(frozen.deps, token)).toBeNull()
  })

  it('after signing out, which is recorded once', async () => {
    const { token, session } = await frozen.open()
    await signOut(frozen.deps, session)
    await signOut(frozen.deps, session)
    expect(await authenticate(frozen.deps, token)).toBeNull()
  })
})

it('a request every fourteen minutes keeps a session open', async () => {
  const { token } = await frozen.open()
  for (let request = 0; request < 5; request += 1) {
    frozen.pass(14 * minute)
    expect(await authenticate(frozen.deps, token)).not.toBeNull()
  }
})

it('the status tells when it ends, and that nothing is set up yet', async () => {
  const { session } = await frozen.open()
  expect(await sessionStatus(frozen.deps, session)).toEqual({
    displayName: 'ada',
    accountName: 'ada',
    expiresAt: '2026-11-23T17:00:00.000Z',
    steppedUp: true,
  })
})
