import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { LabUser } from '../../scripts/lab/domain-controller/index.ts'
import { startTcpProxy, type TcpProxy } from '../../scripts/lab/tcp-proxy.ts'
import {
  bindAsUser,
  changePassword,
  openDirectory,
  readPasswordState,
  setTemporaryPassword,
} from '../../src/directory/index.ts'
import { openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import { agent, codeOf, connectTo, open, service, temporary, unwrap } from './connections.ts'

let ad: TestLab['directory']

beforeAll(async () => {
  ad = (await openLab()).directory
})

/** A connection through a proxy, which can then be cut in the middle of a message. */
async function through(who: 'service' | 'agent') {
  const proxy = await startTcpProxy({ target: { host: ad.address, port: 636 } })
  onTestFinished(proxy.stop)
  const controller = { host: ad.host, address: proxy.host, port: proxy.port }
  const bind = who === 'service' ? service(ad) : agent(ad)
  const options = { ...connectTo(ad, bind), controller, operationTimeoutMs: 1000 }
  return { proxy, connection: unwrap(await openDirectory(options)) }
}

async function signIn(user: LabUser, password: string): Promise<string> {
  const result = await bindAsUser(connectTo(ad), user.userPrincipalName, password)
  return result.ok ? 'ok' : (result.error.restriction ?? 'wrong')
}

const cutRequest = (proxy: TcpProxy, afterBytes: number) =>
  proxy.setMode({ kind: 'cut', direction: 'toTarget', afterBytes })
const cutAnswer = (proxy: TcpProxy, afterBytes: number) =>
  proxy.setMode({ kind: 'cut', direction: 'toClient', afterBytes })

describe('the connection breaks while the temporary password is set', () => {
  test.each([0, 1, 5, 50, 200, 400])(
    'after %i bytes of the request: nothing has changed',
    async (bytes) => {
      const user = await ad.createUser({ name: uniqueName('cut') })
      const { proxy, connection } = await through('service')
      cutRequest(proxy, bytes)
      const result = await setTemporaryPassword(connection, user.dn, temporary)
      expect(codeOf(result)).toBe('outcome_unknown')
      expect(await signIn(user, user.password)).toBe('ok')
      expect(await signIn(user, temporary)).toBe('wrong')
    },
  )

  test.each([0, 10])('after %i bytes of the answer: all of it was done', async (bytes) => {
    const user = await ad.createUser({ name: uniqueName('cut') })
    const { proxy, connection } = await through('service')
    cutAnswer(proxy, bytes)
    expect(codeOf(await setTemporaryPassword(connection, user.dn, temporary))).toBe(
      'outcome_unknown',
    )
    const state = unwrap(await readPasswordState(await open(ad), user.dn))
    expect(state).toMatchObject({ mustChange: true, pwdLastSet: null })
    expect(await signIn(user, temporary)).toBe('must_change')
    // Doing it once more is harmless.
    unwrap(await setTemporaryPassword(await open(ad), user.dn, temporary))
    expect(await signIn(user, temporary)).toBe('must_change')
  })

  test('and the controller only stops answering: it is not known either', async () => {
    const user = await ad.createUser({ name: uniqueName('hang') })
    const { proxy, connection } = await through('service')
    proxy.setMode({ kind: 'hang' })
    expect(codeOf(await setTemporaryPassword(connection, user.dn, temporary))).toBe(
      'outcome_unknown',
    )
    expect(connection.isOpen()).toBe(false)
  })
})

describe('the connection breaks while the user’s own password is set', () => {
  async function inTheMiddle() {
    const user = await ad.createUser({ name: uniqueName('mid') })
    unwrap(await setTemporaryPassword(await open(ad), user.dn, temporary))
    return { user, chosen: `Fresh-${uniqueName('word')}-9` }
  }

  test('before the request arrived: reading back says so, and the change is made again', async () => {
    const { user, chosen } = await inTheMiddle()
    const { proxy, connection } = await through('agent')
    cutRequest(proxy, 30)
    expect(codeOf(await changePassword(connection, user.dn, temporary, chosen))).toBe(
      'outcome_unknown',
    )
    const again = await open(ad, agent(ad))
    expect(unwrap(await readPasswordState(again, user.dn)).mustChange).toBe(true)
    unwrap(await changePassword(again, user.dn, temporary, chosen))
    expect(await signIn(user, chosen)).toBe('ok')
  })

  test('after the change was made: reading back says so, and nothing needs to be done', async () => {
    const { user, chosen } = await inTheMiddle()
    const { proxy, connection } = await through('agent')
    const before = Date.now()
    cutAnswer(proxy, 0)
    expect(codeOf(await changePassword(connection, user.dn, temporary, chosen))).toBe(
      'outcome_unknown',
    )
    const state = unwrap(await readPasswordState(await open(ad, agent(ad)), user.dn))
    expect(state.mustChange).toBe(false)
    expect(state.pwdLastSet).toBeGreaterThanOrEqual(before - 1)
    expect(await signIn(user, chosen)).toBe('ok')
  })
})
