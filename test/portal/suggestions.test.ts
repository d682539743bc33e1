import { describe, expect, it } from 'vitest'
import type { EnrolledMethods } from '../../src/contract/enrolment.ts'
import { type MethodKind, methodKinds } from '../../src/contract/method-kinds.ts'
import { usuallyOnPhone } from '../../src/portal/lost/usually-on-phone.ts'
import { suggest } from '../../src/portal/methods/suggestions.ts'

const open = methodKinds.filter((kind) => kind !== 'temporaryPass')

function having(kinds: MethodKind[], recoverable = false, suspended = false): EnrolledMethods {
  const methods = kinds.map((kind) => ({
    ...{ methodId: kind, kind, label: kind, suspended },
    ...{ addedAt: '2026-11-23T09:00:00.000Z', lastUsedAt: null },
  })) as EnrolledMethods['methods']
  return { methods, kinds: [...methodKinds], required: 2, recoverable }
}

describe('nobody is advised', () => {
  it('to add a weak method as long as there is no strong one that counts', () => {
    for (const methods of [having([]), having(['email']), having(['totp'], false, true)]) {
      const { next } = suggest(methods, open)
      expect(next).not.toContain('sms')
      expect(next).not.toContain('email')
      expect(next).toHaveLength(2)
    }
    expect(suggest(having([]), ['email', 'sms', 'totp', 'push']).next).toEqual(['push', 'totp'])
  })

  it('to add what is there already', () => {
    expect(suggest(having(['passkey']), open).next).toEqual(['push', 'totp'])
  })

  it('when there is little to choose from, or nothing missing', () => {
    expect(suggest(having([]), ['totp', 'email'])).toEqual({ next: ['totp', 'email'], others: [] })
    const ready = suggest(having(['passkey', 'totp'], true), open)
    expect(ready.others).toEqual([])
    expect(ready.next).toHaveLength(open.length)
    expect(ready.next.slice(-2)).toEqual(['passkey', 'totp'])
  })
})

it('what most people have comes first, and nothing is left out', () => {
  const { next, others } = suggest(having([]), open)
  expect(next).toEqual(['passkey', 'push'])
  expect([...next, ...others].sort()).toEqual([...open].sort())
})

it('with a strong one there, a weak one may come next', () => {
  expect(suggest(having(['totp']), ['totp', 'sms', 'email', 'recoveryCode']).next).toEqual([
    'recoveryCode',
    'email',
  ])
})

it('what goes with a phone is guessed, and nothing else', () => {
  const { methods } = having([...methodKinds])
  expect(usuallyOnPhone(methods)).toEqual(['push', 'totp', 'sms'])
})
