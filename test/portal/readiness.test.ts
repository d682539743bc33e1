import { describe, expect, it } from 'vitest'
import type { EnrolledMethod, EnrolledMethods } from '../../src/contract/enrolment.ts'
import {
  isNeeded,
  positionOf,
  readinessOf,
  stepUpMethods,
} from '../../src/portal/methods/readiness.ts'

const method = (methodId: string, kind: 'totp' | 'email', suspended = false): EnrolledMethod => ({
  ...{ methodId, kind, label: methodId, suspended, reconfirm: false },
  addedAt: '2026-11-23T09:00:00.000Z',
  lastUsedAt: null,
})

function methods(
  list: EnrolledMethod[],
  recoverable: boolean,
  more: Partial<EnrolledMethods> = {},
): EnrolledMethods {
  return { methods: list, kinds: ['totp', 'email'], required: 2, recoverable, ...more }
}

describe('nobody is called ready', () => {
  it('with nothing set up', () => {
    expect(readinessOf(methods([], false))).toEqual({ state: 'nothing', have: 0, required: 2 })
  })

  it('with the same kind twice', () => {
    const twice = [method('phone', 'totp'), method('tablet', 'totp')]
    expect(readinessOf(methods(twice, false))).toEqual({ state: 'almost', have: 1, required: 2 })
  })

  it('with mail alone where one method would do', () => {
    const mail = methods([method('mail', 'email')], false, { required: 1 })
    expect(readinessOf(mail)).toEqual({ state: 'almostStrong', have: 1, required: 2 })
  })

  it('by a method that is suspended', () => {
    const list = [method('phone', 'totp', true), method('mail', 'email')]
    expect(readinessOf(methods(list, false))).toMatchObject({ state: 'almostStrong', have: 1 })
  })

  it('by a method that the organisation does not offer any more', () => {
    const list = [method('phone', 'totp'), method('mail', 'email')]
    expect(readinessOf(methods(list, false, { kinds: ['totp'] }))).toMatchObject({ have: 1 })
  })
})

const both = methods([method('phone', 'totp'), method('mail', 'email')], true)

it('two different ones are ready', () => {
  expect(readinessOf(both)).toEqual({ state: 'ready', have: 2, required: 2 })
})

describe('a removal is warned of', () => {
  it('when it takes the last one of its kind', () => {
    expect(isNeeded(both, 'phone')).toBe(true)
    expect(isNeeded(both, 'mail')).toBe(true)
  })

  it('not when another one of its kind stays', () => {
    const three = methods([...both.methods, method('tablet', 'totp')], true)
    expect(isNeeded(three, 'phone')).toBe(false)
    expect(isNeeded(three, 'mail')).toBe(true)
  })

  it('not when nothing was ready anyway', () => {
    expect(isNeeded(methods([method('phone', 'totp')], false), 'phone')).toBe(false)
  })
})

it('the way from the sign-in to ready', () => {
  expect(positionOf(null)).toEqual({ current: 0, count: 2 })
  expect(positionOf(methods([], false)).current).toBe(1)
  expect(positionOf(methods([method('mail', 'email')], false)).current).toBe(2)
  expect(positionOf(both).current).toBe(4)
})

describe('changes are opened', () => {
  const ids = (...list: EnrolledMethod[]) =>
    stepUpMethods(methods(list, false)).map(({ methodId }) => methodId)

  it('by no mail address while there is an app', () => {
    expect(ids(method('mail', 'email'), method('phone', 'totp'))).toEqual(['phone'])
  })

  it('by a mail address where there is nothing stronger, and by nothing that is suspended', () => {
    expect(ids(method('mail', 'email'))).toEqual(['mail'])
    expect(ids(method('mail', 'email'), method('phone', 'totp', true))).toEqual(['mail'])
    expect(ids(method('mail', 'email', true))).toEqual([])
  })
})
