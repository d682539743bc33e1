import { describe, expect, it } from 'vitest'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import {
  elevated,
  isAlive,
  isElevated,
  needsTouch,
} from '../../../src/server/domain/session-rules.ts'

const minute = 60_000
const start = 1_800_000_000_000
const session: SessionRecord = {
  ...{ tokenHash: 'old', accountId: 'id', dn: 'CN=ada', accountName: 'ada', displayName: 'Ada' },
  ...{ mail: null, createdAt: start, lastSeenAt: start, expiresAt: start + 480 * minute },
  steppedUpAt: null,
}

describe('a session ends', () => {
  it('fifteen minutes after the last request', () => {
    expect(isAlive(session, start + 15 * minute - 1)).toBe(true)
    expect(isAlive(session, start + 15 * minute)).toBe(false)
  })

  it('eight hours after it began, however busy', () => {
    const busy = { ...session, lastSeenAt: start + 479 * minute }
    expect(isAlive(busy, start + 480 * minute - 1)).toBe(true)
    expect(isAlive(busy, start + 480 * minute)).toBe(false)
  })

  it('no later for a step-up', () => {
    const later = elevated(session, 'new', start + 100 * minute)
    expect(later.expiresAt).toBe(session.expiresAt)
    expect(later.createdAt).toBe(session.createdAt)
    expect(later.tokenHash).toBe('new')
  })
})

describe('changes are open', () => {
  it('not before a method was proven', () => {
    expect(isElevated(session, start)).toBe(false)
  })

  it('for five minutes after it', () => {
    const proven = elevated(session, 'new', start)
    expect(isElevated(proven, start + 5 * minute - 1)).toBe(true)
    expect(isElevated(proven, start + 5 * minute)).toBe(false)
  })
})

it('a page that makes several requests writes the time once', () => {
  expect(needsTouch(session, start + 1000)).toBe(false)
  expect(needsTouch(session, start + minute)).toBe(true)
})
