import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  joinDomainController,
  type LabDomainController,
  startDomainController,
} from '../../scripts/lab/domain-controller/index.ts'
import { type TemporaryFolder, temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import {
  createDirectoryPool,
  type DirectoryConnection,
  type PoolOptions,
  readPasswordState,
  setTemporaryPassword,
} from '../../src/directory/index.ts'
import { uniqueName } from '../helpers/lab.ts'
import { codeOf, connectTo, controllerOf, service, temporary, unwrap } from './connections.ts'

// Two controllers of one domain, of our own: they are stopped and killed here.
let folder: TemporaryFolder
let first: LabDomainController
let second: LabDomainController

beforeAll(async () => {
  folder = temporaryFolder('pair')
  first = await startDomainController({ directory: `${folder.path}/dc1` })
  second = await joinDomainController(first, { directory: `${folder.path}/dc2` })
}, 60_000)

afterAll(async () => {
  await second?.stop()
  await first?.stop()
  folder?.remove()
})

beforeEach(async () => {
  for (const controller of [first, second]) {
    if (controller.pid() === undefined) await controller.restart()
  }
})

function pool(more: Partial<PoolOptions> = {}) {
  const made = createDirectoryPool({
    ...connectTo(first),
    controllers: [controllerOf(second), controllerOf(first)],
    size: 3,
    connectTimeoutMs: 500,
    retryAfterMs: 300,
    ...more,
  })
  onTestFinished(made.close)
  return made
}

/** Which controller answers. */
const whoAnswers = async (connection: DirectoryConnection) => {
  const read = await connection.search({ base: '', attributes: ['dnsHostName'] })
  return read.ok
    ? { ok: true as const, value: connection.controller.host }
    : { ok: false as const, error: read.error }
}

describe('which controller', () => {
  test('one that is not configured is not dialled', async () => {
    const result = await pool().withConnection(whoAnswers, { controller: 'dc9.corp.example.com' })
    expect(codeOf(result)).toBe('unreachable')
  })

  test('the PDC emulator comes first, wherever it was configured', async () => {
    const connections = pool()
    expect(unwrap(await connections.withConnection(whoAnswers))).toBe(first.host)
    expect((await connections.available()).map(({ host }) => host)).toEqual([
      first.host,
      second.host,
    ])
  })

  test('the one that was asked for answers, or nobody', async () => {
    const connections = pool()
    const ask = (controller: string) => connections.withConnection(whoAnswers, { controller })
    expect(unwrap(await ask(second.host.toUpperCase()))).toBe(second.host)
    await second.kill()
    expect(codeOf(await ask(second.host))).toBe('unreachable')
    expect(unwrap(await ask(first.host))).toBe(first.host)
  })

  test('the next one takes over when the first dies, and hands back when it returns', async () => {
    const connections = pool()
    expect(unwrap(await connections.withConnection(whoAnswers))).toBe(first.host)
    await first.kill()
    expect(unwrap(await connections.withConnection(whoAnswers))).toBe(second.host)
    expect((await connections.available()).map(({ host }) => host)).toEqual([second.host])
    await first.restart()
    await expect
      .poll(async () => unwrap(await connections.withConnection(whoAnswers)), { timeout: 5000 })
      .toBe(first.host)
  })

  test('none: says so, and recovers by itself', async () => {
    const connections = pool()
    await Promise.all([first.kill(), second.kill()])
    expect(codeOf(await connections.withConnection(whoAnswers))).toBe('unreachable')
    expect(await connections.available()).toEqual([])
    await second.restart()
    expect(unwrap(await connections.withConnection(whoAnswers))).toBe(second.host)
  })
})

describe('a controller that dies during a write', () => {
  test('is not repeated elsewhere; what happened can be read when it is back', async () => {
    const user = await first.createUser({ name: uniqueName('dies') })
    const connections = pool({ operationTimeoutMs: 1000 })
    let tries = 0
    const written = connections.withConnection(
      async (connection) => {
        tries += 1
        const writing = setTemporaryPassword(connection, user.dn, temporary)
        await first.kill()
        return writing
      },
      { controller: first.host },
    )
    expect(['outcome_unknown', 'ok']).toContain(codeOf(await written))
    expect(tries).toBe(1)
    await first.restart()
    const read = await connections.withConnection((connection) =>
      readPasswordState(connection, user.dn),
    )
    expect(typeof unwrap(read).mustChange).toBe('boolean')
  })

  test('the other one knows nothing of it until it has replicated', async () => {
    const user = await first.createUser({ name: uniqueName('late') })
    await second.pullFrom(first)
    const connections = pool()
    const state = async (controller: string) =>
      unwrap(
        await connections.withConnection((connection) => readPasswordState(connection, user.dn), {
          controller,
        }),
      ).mustChange
    unwrap(
      await connections.withConnection(
        (connection) => setTemporaryPassword(connection, user.dn, temporary),
        { controller: first.host },
      ),
    )
    expect(await state(first.host)).toBe(true)
    expect(await state(second.host)).toBe(false)
    await second.pullFrom(first)
    expect(await state(second.host)).toBe(true)
  })
})

describe('connections', () => {
  const total = (connections: ReturnType<typeof pool>) =>
    connections.state().reduce((sum, { inUse, idle }) => sum + inUse + idle, 0)

  test('are never more than the size, however many ask, and all come back', async () => {
    const connections = pool({ controllers: [controllerOf(first)], size: 3 })
    let most = 0
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        connections.withConnection(async (connection) => {
          most = Math.max(most, connections.state()[0]?.inUse ?? 0)
          return whoAnswers(connection)
        }),
      ),
    )
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(most).toBe(3)
    expect(connections.state()).toEqual([{ host: first.host, inUse: 0, idle: 3, waiting: 0 }])
    expect(openSockets(first)).toBe(3)
    await connections.close()
    expect(total(connections)).toBe(0)
    await expect.poll(() => openSockets(first)).toBe(0)
  })

  test('come back even from work that throws', async () => {
    const connections = pool({ controllers: [controllerOf(first)], size: 1 })
    const broken = connections.withConnection(async () => {
      throw new Error('a bug')
    })
    await expect(broken).rejects.toThrow('a bug')
    expect(unwrap(await connections.withConnection(whoAnswers))).toBe(first.host)
  })

  test('do not leak when the controller dies again and again', async () => {
    const connections = pool({ controllers: [controllerOf(first)], retryAfterMs: 1 })
    for (let round = 0; round < 3; round += 1) {
      const asked = Array.from({ length: 10 }, () => connections.withConnection(whoAnswers))
      await first.kill()
      for (const answer of await Promise.all(asked)) {
        expect(['ok', 'unreachable']).toContain(codeOf(answer))
      }
      await first.restart()
    }
    expect(unwrap(await connections.withConnection(whoAnswers))).toBe(first.host)
    expect(connections.state()[0]).toMatchObject({ inUse: 0, waiting: 0 })
    expect(openSockets(first)).toBe(total(connections))
  })

  test('that are all in use make the next one wait, and then give up', async () => {
    const connections = pool({
      controllers: [controllerOf(first)],
      size: 1,
      operationTimeoutMs: 200,
    })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = connections.withConnection(async (connection) => {
      await held
      return whoAnswers(connection)
    })
    expect(codeOf(await connections.withConnection(whoAnswers))).toBe('timeout')
    release()
    expect(codeOf(await slow)).toBe('ok')
  })

  test('of a pool that was closed are refused', async () => {
    const connections = pool()
    await connections.close()
    expect(codeOf(await connections.withConnection(whoAnswers))).toBe('unreachable')
  })

  test('with a wrong password are tried once, not until our account is locked out', async () => {
    // Without a threshold wrong passwords are not even counted.
    await first.setPolicy({ lockoutThreshold: 50 })
    const bind = { ...service(first), password: 'wrong' }
    const badPasswords = async () =>
      Number(await first.readAttribute(first.serviceAccount.dn, 'badPwdCount'))
    const before = await badPasswords()
    const connections = pool({ controllers: [controllerOf(first)], bind, retryAfterMs: 60_000 })
    for (let round = 0; round < 5; round += 1) {
      expect(codeOf(await connections.withConnection(whoAnswers))).toBe('invalid_credentials')
    }
    expect((await badPasswords()) - before).toBe(1)
  })
})

/** The connections to a controller's LDAPS port that the kernel knows of. */
function openSockets({ address }: LabDomainController): number {
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
  const remote = `${bytes.toReversed().join('')}:027C 01`.toUpperCase()
  return readFileSync('/proc/self/net/tcp', 'utf8').split(` ${remote} `).length - 1
}
