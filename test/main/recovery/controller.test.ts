import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JourneyError } from '../../../src/contract/journey-bridge.ts'
import { createRecoveryController } from '../../../src/main/recovery/controller.ts'
import { createWorld, type Faults } from './world.ts'

const good = 'Kröten 7 tanzen'
const request = { account: 'erika', purpose: 'reset' } as const

async function prepared(faults: Faults = {}) {
  const { world, ports } = await createWorld(faults)
  const controller = createRecoveryController(ports)
  await controller.start(request)
  const preparation = await controller.prepare()
  return { controller, preparation, world }
}

const refusal = (code: string) => ({ ok: false, error: { code } })

describe('without a recovery, nothing is possible', () => {
  test('before one is started, and after it was given up', async () => {
    const { world, ports } = await createWorld()
    const controller = createRecoveryController(ports)
    expect(await controller.setPassword(good)).toEqual(refusal('no_recovery'))
    await controller.start(request)
    await controller.abandon()
    for (const attempt of [
      controller.challenge('method-1'),
      controller.verify('method-1', { kind: 'totp', code: '123456' }),
      controller.prepare(),
      controller.setPassword(good),
      controller.unlock(),
    ]) {
      expect(await attempt).toEqual(refusal('no_recovery'))
    }
    expect(world.events).toEqual([])
    expect(world.abandoned).toBe(1)
  })

  test('once its time is over, and nothing of it stays open', async () => {
    const { world, ports } = await createWorld()
    world.lifetimeMs = 60
    const controller = createRecoveryController(ports)
    await controller.start(request)
    await controller.prepare()
    expect(world.openConnections).toBe(1)
    await expect.poll(() => world.openConnections).toBe(0)
    expect(await controller.setPassword(good)).toEqual(refusal('recovery_expired'))
    expect(world.commits).toBe(0)
  })

  test('when the backend has locked it', async () => {
    const { controller } = await prepared({ commit: [{ code: 'recovery_locked' }] })
    expect(await controller.setPassword(good)).toEqual(refusal('recovery_locked'))
    expect(await controller.prepare()).toEqual(refusal('recovery_locked'))
  })
})

describe('nothing is committed', () => {
  test.each([
    ['is too short', 'Short 1', ['too_short']],
    ['is not complex', 'only small letters', ['complexity']],
    ['holds the name', 'Erika tanzt 77', ['contains_name']],
    ['holds half a character', `${good}\ud800`, undefined],
    ['holds a NUL', `${good}\0x`, undefined],
  ] as const)('when the chosen password %s', async (_, password, refused) => {
    const { controller, world } = await prepared()
    expect(await controller.setPassword(password)).toEqual({
      ...{ ok: false, error: { code: 'rules_not_met', ...(refused ? { refused } : {}) } },
    })
    // Of what is not taken anyway, not even five digits are told.
    expect(world.prefixes).toEqual([])
    expect(world.commits).toBe(0)
    expect(world.password).toBe('the old password')
  })

  test('before the way was prepared', async () => {
    const { world, ports } = await createWorld()
    const controller = createRecoveryController(ports)
    await controller.start(request)
    expect(await controller.setPassword(good)).toEqual(refusal('wrong_state'))
    expect(await controller.unlock()).toEqual(refusal('wrong_state'))
    expect(world.commits).toBe(0)
  })

  test('before the controller can be reached again: another way is taken first', async () => {
    const { controller, world } = await prepared({ connect: [null, 'unreachable', null] })
    world.breakConnection()
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    const commit = world.events.indexOf('commit')
    expect(world.events.slice(0, commit)).toEqual([
      ...['plan', 'connect dc1', 'connect dc1', 'plan', 'connect dc1'],
    ])
  })
})

describe('how the write will be done', () => {
  test('through the best controller that answers', async () => {
    const { preparation, world } = await prepared({ probe: { dc1: 'certificate_untrusted' } })
    expect(preparation).toMatchObject({ ok: true, value: { mode: 'direct', accountName: 'erika' } })
    expect(world.events).toEqual(['plan', 'connect dc2'])
  })

  test('through the next one when the agent cannot sign in on the first', async () => {
    const { preparation, world } = await prepared({ connect: ['timeout', null] })
    expect(preparation).toMatchObject({ ok: true, value: { mode: 'direct' } })
    expect(world.events).toEqual(['plan', 'connect dc1', 'plan', 'connect dc2'])
  })

  test('through the backend when none does', async () => {
    const { preparation } = await prepared({ probe: { dc1: 'timeout', dc2: 'unreachable' } })
    expect(preparation).toMatchObject({ ok: true, value: { mode: 'relay' } })
    const refused = await prepared({ connect: ['invalid_credentials', 'invalid_credentials'] })
    expect(refused.preparation).toMatchObject({ ok: true, value: { mode: 'relay' } })
  })

  test('not at all when the backend does not know', async () => {
    const { preparation } = await prepared({ plan: [{ code: 'account_not_eligible' }] })
    expect(preparation).toEqual(refusal('account_not_eligible'))
  })

  test('tells the screens no names of directories and no secrets', async () => {
    const { preparation } = await prepared()
    expect(JSON.stringify(preparation)).not.toMatch(/dc1|CN=|agent|enc/)
  })
})

describe('the direct way', () => {
  test('ends with the new password, and the backend has not received it', async () => {
    const { controller, world } = await prepared()
    const outcome = await controller.setPassword(good)
    expect(outcome).toEqual({ ok: true, value: { accountName: 'erika', mode: 'direct' } })
    expect(world.password).toBe(good)
    expect(world.received.join()).not.toContain(good)
    expect(world.events).toEqual(['plan', 'connect dc1', 'commit', 'change', 'complete'])
    expect(world.progress).toEqual([
      ...['finding_controller', 'planning', 'connecting'],
      ...['preparing_account', 'setting_password', 'confirming'],
    ])
    expect(world.openConnections).toBe(0)
  })

  test('a refused password is explained, and another one needs no second commit', async () => {
    const { controller, world } = await prepared()
    expect(await controller.setPassword('Used before 123')).toEqual({
      ok: false,
      error: { code: 'password_refused', refused: ['history'] },
    })
    expect(world.password).toBe(world.temporary)
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.commits).toBe(1)
    expect(world.password).toBe(good)
  })

  test('a connection that dies before the change is opened again', async () => {
    const { controller, world } = await prepared({ change: ['before'] })
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.password).toBe(good)
    expect(world.events.filter((event) => event === 'connect dc1')).toHaveLength(2)
    expect(world.commits).toBe(1)
  })

  test('one that dies after the change does not make it fail', async () => {
    const { controller, world } = await prepared({ change: ['after'] })
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.password).toBe(good)
  })

  test('even when the controller does not come back', async () => {
    const { controller, world } = await prepared({
      change: ['after'],
      connect: [null, 'unreachable'],
    })
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.password).toBe(good)
  })

  test('a controller that stays away after the commit is tried again with the same temporary password', async () => {
    const { controller, world } = await prepared({
      change: ['before'],
      connect: [null, 'unreachable'],
    })
    expect(await controller.setPassword(good)).toEqual(refusal('directory_unavailable'))
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.commits).toBe(1)
    expect(world.password).toBe(good)
  })

  test('a temporary password that has been replaced is asked for anew', async () => {
    const { controller, world } = await prepared()
    await controller.setPassword('Used before 123')
    world.password = 'scrambled'
    world.temporary = 'scrambled'
    expect(await controller.setPassword(good)).toEqual(refusal('directory_refused'))
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.commits).toBe(2)
    expect(world.password).toBe(good)
  })

  test('preparing again after the commit keeps the temporary password', async () => {
    const { controller, preparation, world } = await prepared()
    await controller.setPassword('Used before 123')
    expect(await controller.prepare()).toEqual(preparation)
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.commits).toBe(1)
  })

  test('a commit whose answer is lost is made again, on the same controller', async () => {
    const { controller, world } = await prepared({ commit: ['lost'], connect: [null, 'timeout'] })
    expect(await controller.setPassword(good)).toEqual(refusal('backend_unreachable'))
    world.breakConnection()
    expect(await controller.setPassword(good)).toEqual(refusal('directory_unavailable'))
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.events.filter((event) => event === 'plan')).toHaveLength(1)
    expect(world.password).toBe(good)
  })

  test('a commit that failed after its write is made again, on the same controller', async () => {
    const { controller, world } = await prepared({ commit: [{ code: 'overloaded' }] })
    expect(await controller.setPassword(good)).toEqual(refusal('overloaded'))
    world.breakConnection()
    expect(await controller.prepare()).toMatchObject({ ok: true })
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.events.filter((event) => event === 'plan')).toHaveLength(1)
  })

  test('a commit that is refused changes nothing here', async () => {
    const { controller, world } = await prepared({ commit: [{ code: 'write_in_progress' }] })
    expect(await controller.setPassword(good)).toEqual(refusal('write_in_progress'))
    expect(world.password).toBe('the old password')
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
  })

  test('a backend that is gone after the change does not make it undone', async () => {
    const silent = { code: 'backend_unreachable' } as const
    const { controller, world } = await prepared({ complete: [silent, silent, silent] })
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.password).toBe(good)
  })

  test('a double click writes once', async () => {
    const { controller, world } = await prepared()
    const both = await Promise.all([controller.setPassword(good), controller.setPassword(good)])
    expect(both.map(({ ok }) => ok)).toEqual([true, false])
    expect(world.commits).toBe(1)
  })

  test('giving up in the middle waits until the write is over', async () => {
    const { controller, world } = await prepared()
    const writing = controller.setPassword(good)
    await new Promise((resolve) => setImmediate(resolve))
    await controller.abandon()
    expect(await writing).toMatchObject({ ok: true })
    expect(world.password).toBe(good)
    expect(world.openConnections).toBe(0)
  })

  test('giving up while connecting leaves no connection', async () => {
    const { world, ports } = await createWorld()
    const controller = createRecoveryController(ports)
    world.whileConnecting = () => controller.abandon()
    await controller.start(request)
    expect(await controller.prepare()).toEqual(refusal('no_recovery'))
    expect(world.openConnections).toBe(0)
  })

  test('when neither the controller nor the backend can say, success is not claimed', async () => {
    const silent = { code: 'backend_unreachable' } as const
    const { controller, world } = await prepared({
      change: ['before', 'before'],
      complete: [silent, silent, silent],
    })
    expect(await controller.setPassword(good)).toEqual(refusal('directory_unavailable'))
    expect(world.password).toBe(world.temporary)
  })
})

describe('the way through the backend', () => {
  const unreachable = { probe: { dc1: 'timeout', dc2: 'timeout' } } as const

  test('ends with the new password, sealed on its way', async () => {
    const { controller, world } = await prepared(unreachable)
    const outcome = await controller.setPassword(good)
    expect(outcome).toEqual({ ok: true, value: { accountName: 'erika', mode: 'relay' } })
    expect(world.password).toBe(good)
    expect(world.received.join()).not.toContain(good)
  })

  test('a lost answer is cleared up by asking', async () => {
    const { controller, world } = await prepared({ ...unreachable, relay: ['lost'] })
    expect(await controller.setPassword(good)).toMatchObject({ ok: true })
    expect(world.events.filter((event) => event === 'relay')).toHaveLength(1)
  })

  test('a refusal is passed on, and another password can be chosen', async () => {
    const refused = { code: 'password_refused', refused: ['history'] } as const
    const { controller } = await prepared({ ...unreachable, relay: [refused] })
    expect(await controller.setPassword(good)).toEqual({ ok: false, error: refused })
    expect(await controller.setPassword(`${good}!`)).toMatchObject({ ok: true })
  })
})

describe('unlocking', () => {
  async function unlocking(faults: Faults = {}) {
    const { world, ports } = await createWorld(faults)
    world.purpose = 'unlock'
    const controller = createRecoveryController(ports)
    await controller.start({ account: 'erika', purpose: 'unlock' })
    const preparation = await controller.prepare()
    return { controller, preparation, world }
  }

  test('never sets a password', async () => {
    const { controller, preparation, world } = await unlocking()
    expect(preparation).toEqual({ ok: true, value: { mode: 'unlock', accountName: 'erika' } })
    expect(await controller.setPassword(good)).toEqual(refusal('wrong_state'))
    const outcome = await controller.unlock()
    expect(outcome).toEqual({ ok: true, value: { accountName: 'erika', mode: 'unlock' } })
    expect(world.password).toBe('the old password')
    expect(world.events).toEqual(['plan', 'commit'])
  })

  test('survives a lost answer', async () => {
    const { controller } = await unlocking({ commit: ['lost'] })
    expect(await controller.unlock()).toMatchObject({ ok: true })
  })
})

test('whatever fails and however often, success means that the directory has the new password', async () => {
  const maybe = <T>(...faults: T[]) =>
    fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, fc.constantFrom(...faults)), {
      maxLength: 4,
    })
  const unreachable: JourneyError = { code: 'backend_unreachable' }
  const faults = fc.record({
    plan: maybe<JourneyError>(unreachable, { code: 'overloaded' }),
    commit: maybe<JourneyError | 'lost'>(unreachable, 'lost', { code: 'write_in_progress' }),
    complete: maybe<JourneyError>(unreachable, { code: 'not_confirmed' }),
    relay: maybe<JourneyError | 'lost'>(unreachable, 'lost'),
    connect: maybe('unreachable' as const, 'timeout' as const),
    change: maybe('before' as const, 'after' as const, 'insufficient_access' as const),
    probe: fc.constantFrom(
      {},
      { dc1: 'timeout' as const },
      { dc1: 'timeout' as const, dc2: 'timeout' as const },
    ),
  })
  await fc.assert(
    fc.asyncProperty(faults, async (unlucky) => {
      const { world, ports } = await createWorld(unlucky)
      const controller = createRecoveryController(ports)
      await controller.start(request)
      let succeeded = false
      for (let attempt = 0; attempt < 12 && !succeeded; attempt += 1) {
        if ((await controller.prepare()).ok) {
          succeeded = (await controller.setPassword(good)).ok
        }
        // A password that nobody knows is never the answer: it is the old, a temporary or the new one.
        expect([good, 'the old password', world.temporary]).toContain(world.password)
        if (succeeded) expect(world.password).toBe(good)
      }
      await controller.abandon()
      expect(world.received.join()).not.toContain(good)
      expect(world.openConnections).toBe(0)
    }),
    { numRuns: 150 },
  )
})
