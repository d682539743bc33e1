import { afterAll, beforeAll, expect, test } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { startTcpProxy, type TcpProxy } from '../../scripts/lab/tcp-proxy.ts'
import { openLab, uniqueName } from '../helpers/lab.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { sitDown } from './workstation.ts'

let wire: TcpProxy
let stack: Stack

beforeAll(async () => {
  const { mail } = await openLab()
  wire = await startTcpProxy({ target: mail })
  stack = await openStack({ sections: { mail: { host: 'localhost', port: wire.port } } })
})

afterAll(async () => {
  await stack?.stop()
  await wire?.stop()
})

/** What the screen says once a code was asked for, without the times. */
async function askForCode(account: string) {
  const workstation = await sitDown(stack)
  const { hands, page, words } = workstation
  await hands.nameAccount(account)
  await hands.choose(/^Code by mail/)
  await page.getByText(/^Sent at/).waitFor()
  const said = (await words()).replaceAll(/\d{1,2}:\d{2}( [AP]M)?/g, '(time)')
  return { ...workstation, said }
}

test('while the mail server is down, the screen says the same to everybody; another method works, and the code still comes', async () => {
  const employee = await stack.hire()
  const before = wire.connections()
  wire.setMode({ kind: 'refuse' })
  wire.dropAll()
  const stranger = await askForCode(uniqueName('nobody'))
  await stranger.stop()
  const { hands, press, said } = await askForCode(employee.account)
  expect(said).toBe(stranger.said)
  await expect.poll(() => wire.connections(), { timeout: 10_000 }).toBeGreaterThan(before)

  await press('I can’t use this right now')
  await hands.proveByApp(await employee.code())
  await hands.see(/2 of 2/)

  // The same code, not a new one: it waited in the outbox.
  wire.setMode({ kind: 'pass' })
  await hands.proveByMail(employee)
  await hands.see(headings.password)
})
