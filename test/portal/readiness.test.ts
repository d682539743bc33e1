import { describe, expect, it } from 'vitest'
import type { EnrolledMethod, EnrolledMethods } from '../../src/contract/enrolment.ts'
import type { MethodKind } from '../../src/contract/method-kinds.ts'
import {
  isNeeded,
  positionOf,
  readinessOf,
  stepUpMethods,
} from '../../src/portal/methods/readiness.ts'

const method = (methodId: string, kind: MethodKind, suspended = false): EnrolledMethod => ({
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

describe('what the organisation asks of some', () => {
  const list = [method('phone', 'totp'), method('mail', 'email')]
  const kinds: EnrolledMethods['kinds'] = ['passkey', 'totp', 'email']
  const passkey = method('laptop', 'passkey')

  it('a method that resists phishing is what is missing', () => {
    const asked = { kinds, strength: 'phishing-resistant' } as const
    expect(readinessOf(methods(list, false, asked))).toEqual({
      ...{ state: 'almostResistant', have: 2, required: 3 },
    })
    const three = methods([...list, passkey], true, asked)
    expect(readinessOf(three).state).toBe('ready')
    expect(isNeeded(three, 'laptop')).toBe(true)
    expect(isNeeded(three, 'mail')).toBe(false)
  })

  it('more than two are counted', () => {
    const one = methods([method('phone', 'totp')], false, { kinds, required: 3 })
    expect(readinessOf(one)).toEqual({ state: 'almost', have: 1, required: 3 })
    expect(positionOf(one)).toEqual({ current: 2, count: 3 })
  })

  it('a passkey counts as two where it does', () => {
    const alone = methods([passkey], true, { kinds, passkeyCountsAsTwo: true })
    expect(readinessOf(alone)).toEqual({ state: 'ready', have: 2, required: 2 })
    expect(isNeeded(alone, 'laptop')).toBe(true)
  })

  it('nobody is ready for whom it is switched off, whatever they have', () => {
    const off = methods(list, false, { switchedOff: true })
    expect(readinessOf(off).state).toBe('off')
    expect(positionOf(off)).toEqual({ current: 2, count: 2 })
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

  it('by a mail address where there is nothing stronger, suspended or not', () => {
    expect(ids(method('mail', 'email'))).toEqual(['mail'])
    expect(ids(method('mail', 'email'), method('phone', 'totp', true))).toEqual([])
    expect(ids(method('mail', 'email', true))).toEqual([])
  })

  it('by nothing that the organisation does not count', () => {
    const list = [method('mail', 'email'), method('phone', 'totp')]
    expect(stepUpMethods(methods(list, false, { kinds: ['email'] }))).toEqual([list[0]])
  })

  it('by no app while a passkey is asked for and there is one', () => {
    const asked = { kinds: ['passkey', 'totp'], strength: 'phishing-resistant' } as const
    const [phone, laptop] = [method('phone', 'totp'), method('laptop', 'passkey')]
    expect(
      stepUpMethods(methods([phone, laptop], false, { ...asked, kinds: [...asked.kinds] })),
    ).toEqual([laptop])
    expect(stepUpMethods(methods([phone], false, { ...asked, kinds: [...asked.kinds] }))).toEqual([
      phone,
    ])
  })
})
