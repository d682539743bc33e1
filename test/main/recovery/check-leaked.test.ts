import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { PasswordRules } from '../../../src/contract/password-rules.ts'
import { createRecoveryController } from '../../../src/main/recovery/controller.ts'
import { createWorld, type Faults } from './world.ts'

const good = 'Kröten 7 tanzen'
const leaked = 'Leaked in 2019!'
const unreachable = { code: 'backend_unreachable' } as const

async function prepared({
  faults = {},
  hosts = ['dc1'],
  rules = {},
}: {
  faults?: Faults
  hosts?: string[]
  rules?: Partial<PasswordRules>
} = {}) {
  const { world, ports } = await createWorld(faults, hosts)
  world.rules = { ...world.rules, ...rules }
  const controller = createRecoveryController(ports)
  await controller.start({ account: 'erika', purpose: 'reset' })
  await controller.prepare()
  return { controller, world }
}

const ways = [
  ['directly', ['dc1']],
  ['through the backend', []],
] as const

describe.each(ways)('nothing is written %s', (_, hosts) => {
  const unchanged = (world: Awaited<ReturnType<typeof prepared>>['world']) => {
    expect(world.commits).toBe(0)
    expect(world.events).not.toContain('relay')
    expect(world.password).toBe('the old password')
  }

  test('with a password on the list, and the reason is told', async () => {
    const { controller, world } = await prepared({ hosts: [...hosts] })
    expect(await controller.setPassword(leaked)).toEqual({
      ...{ ok: false, error: { code: 'rules_not_met', refused: ['breached'] } },
    })
    unchanged(world)
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
  })

  test('while the list cannot be asked; the next try asks again', async () => {
    const faults = { leaked: [unreachable, { code: 'breached_list_unavailable' } as const] }
    const { controller, world } = await prepared({ faults, hosts: [...hosts] })
    expect(await controller.setPassword(good)).toEqual({ ok: false, error: unreachable })
    expect(await controller.setPassword(good)).toMatchObject({
      error: { code: 'breached_list_unavailable' },
    })
    unchanged(world)
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.prefixes).toHaveLength(3)
  })

  test('with a word of the organisation in it', async () => {
    const rules = { bannedWords: ['Contoso'] }
    const { controller, world } = await prepared({ rules, hosts: [...hosts] })
    expect(await controller.setPassword('My-C0nt0$o-77-x')).toEqual({
      ...{ ok: false, error: { code: 'rules_not_met', refused: ['banned_word'] } },
    })
    unchanged(world)
    expect(world.prefixes).toEqual([])
  })
})

describe('the list is asked', () => {
  test('with five digits of the hash, and nobody is told the others', async () => {
    const { controller, world } = await prepared()
    const digest = hash('sha1', good).toUpperCase()
    await controller.checkLeaked(good)
    await controller.setPassword(good)
    expect(world.prefixes).toEqual([digest.slice(0, 5)])
    for (const received of world.received) {
      expect(received.toUpperCase()).not.toContain(digest.slice(5, 12))
    }
  })

  test('once about each password, however often that is tried', async () => {
    const { controller, world } = await prepared()
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await controller.checkLeaked(leaked)).toEqual({ ok: true, value: { leaked: true } })
      expect(await controller.setPassword(leaked)).toMatchObject({ ok: false })
    }
    expect(world.prefixes).toHaveLength(1)
    expect(await controller.checkLeaked(good)).toEqual({ ok: true, value: { leaked: false } })
  })

  test('not when it does not matter', async () => {
    const { controller, world } = await prepared({ rules: { breached: 'off' } })
    expect(await controller.checkLeaked(leaked)).toEqual({ ok: true, value: { leaked: false } })
    expect(await controller.setPassword(leaked)).toMatchObject({ ok: true })
    expect(world.prefixes).toEqual([])
  })

  test('not about a password that will not be taken anyway', async () => {
    const { controller, world } = await prepared()
    for (const forbidden of ['Short 1', 'only small letters', 'Erika tanzt 77']) {
      await controller.checkLeaked(forbidden)
    }
    expect(world.prefixes).toEqual([])
  })

  test('before the way was prepared, or for an unlock, not at all', async () => {
    const { world, ports } = await createWorld()
    const controller = createRecoveryController(ports)
    expect(await controller.checkLeaked(good)).toEqual({
      ...{ ok: false, error: { code: 'no_recovery' } },
    })
    await controller.start({ account: 'erika', purpose: 'reset' })
    expect(await controller.checkLeaked(good)).toEqual({
      ...{ ok: false, error: { code: 'wrong_state' } },
    })
    expect(world.prefixes).toEqual([])
  })
})

test('where a warning is enough, the password is taken and the list need not answer', async () => {
  const { controller, world } = await prepared({
    faults: { leaked: [unreachable] },
    rules: { breached: 'warn' },
  })
  expect(await controller.checkLeaked(leaked)).toEqual({ ok: false, error: unreachable })
  expect(await controller.checkLeaked(leaked)).toEqual({ ok: true, value: { leaked: true } })
  expect(await controller.setPassword(leaked)).toMatchObject({ ok: true })
  expect(world.password).toBe(leaked)
})
