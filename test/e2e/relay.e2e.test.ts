import { afterAll, beforeAll, expect, test } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { openLab } from '../helpers/lab.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { type Firewall, startFirewall } from './firewall.ts'
import { signIn, signInAnswers } from './people.ts'
import { sitDown } from './workstation.ts'

const newPassword = 'Seven quiet Lanterns 47 rivers'

let firewall: Firewall
let stack: Stack

beforeAll(async () => {
  const { directory } = await openLab()
  firewall = await startFirewall({ host: directory.address, port: directory.port })
  const controller = { host: directory.host, port: firewall.port, address: '127.0.0.1' }
  stack = await openStack({ sections: { directory: { controllers: [controller] } } })
})

afterAll(async () => {
  await stack?.stop()
  await firewall?.stop()
})

async function proven(options: { beforeProof?: () => void } = {}) {
  const employee = await stack.hire()
  const workstation = await sitDown(stack)
  const { hands } = workstation
  options.beforeProof?.()
  await hands.nameAccount(employee.account)
  await hands.proveByApp(await employee.code())
  await hands.proveByMail(employee)
  await hands.see(headings.password)
  return { ...workstation, employee }
}

const close = () => firewall.onlyFor(stack.backend.pid())

test('a controller that goes away while somebody thinks is done without', async () => {
  const { employee, hands, words } = await proven()
  expect(await words()).not.toContain('cannot reach your company’s network')
  close()
  await hands.choosePassword(newPassword)
  await hands.see(headings.done)
  // They must know that this computer has not heard of it.
  expect(await words()).toContain('This computer does not know it yet')
  expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)
})

test('far from the company’s network the screen says so, and history still counts', async () => {
  const { look, employee, hands, words } = await proven({ beforeProof: close })
  expect(await words()).toContain('This computer cannot reach your company’s network')
  expect(await words()).toContain('travels sealed to the password service')
  await look('17-relay', 1080)

  await hands.choosePassword(employee.password)
  await hands.see(/^Choose another password/)
  expect(await words()).toContain('It is one of your last 24 passwords.')
  expect(await words()).toContain('Your old password no longer works.')

  await hands.choosePassword(newPassword)
  await hands.see(headings.done)
  expect(await words()).toContain('Until it has, it still asks for your old password.')
  await look('18-relay-done', 840)
  expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)
  expect(await signIn(stack, employee, employee.password)).not.toBe(signInAnswers.accepted)
})
