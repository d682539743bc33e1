import { afterAll, beforeAll, expect, test } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { signIn, signInAnswers } from './people.ts'
import { helpdesk, sitDown } from './workstation.ts'

const newPassword = 'Seven quiet Lanterns 47 rivers'
const cannotReach = /^We cannot reach the password service/

let stack: Stack

beforeAll(async () => {
  stack = await openStack()
})

afterAll(() => stack?.stop())

test('before the first step: a page in plain words, and the name is still there', async () => {
  const employee = await stack.hire()
  await stack.backend.stop()
  const { look, hands, page, press, words } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.see(cannotReach)
  expect(await words()).toContain('Check that this computer is connected, by cable or Wi-Fi')
  expect(await words()).toContain(helpdesk)
  await look('19-service-unreachable')
  await press('Try again')
  await hands.see(cannotReach)
  await press('Back')
  await hands.see(headings.account)
  const name = page.getByRole('textbox', { name: /^Account name/ })
  expect(await name.inputValue()).toBe(employee.account)
  await hands.goOn()
  await hands.see(cannotReach)
  await stack.backend.start()
  await press('Try again')
  await hands.see(headings.methods)
})

test('in the middle: what is proven stays proven, and nothing typed is lost', async () => {
  const employee = await stack.hire()
  const { look, hands, page } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.proveByApp(await employee.code())
  await hands.see(/2 of 2/)
  await page.getByText(/^Sent at/).waitFor()
  await stack.backend.kill()
  await hands.giveCode('123456')
  await page.getByText(cannotReach).waitFor()
  expect(await page.getByRole('textbox', { name: /^Code from/ }).inputValue()).toBe('123456')
  await look('20-service-lost')
  await stack.backend.start()
  await hands.proveByMail(employee)
  await hands.see(headings.password)
})

test('when the password is set: the truth about the old one, and another try sets it', async () => {
  const employee = await stack.hire()
  const { look, hands, page, press, words } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.proveByApp(await employee.code())
  await hands.proveByMail(employee)
  await hands.see(headings.password)
  await page.getByRole('textbox', { name: /^New password/ }).fill(newPassword)
  await page.getByRole('textbox', { name: /^The same again/ }).fill(newPassword)
  // The last thing that the backend is asked before the password is set.
  await page.locator('.checklist-met', { hasText: 'leaked passwords' }).waitFor()
  await stack.backend.kill()
  await press('Set this password')
  await hands.see(cannotReach)
  expect(await words()).toContain('Your old password may no longer work.')
  await look('21-service-lost-while-writing')
  expect(await signIn(stack, employee, employee.password)).toBe(signInAnswers.accepted)
  await stack.backend.start()
  await press('Try again')
  await hands.see(headings.password)
  expect(await words()).not.toContain('no longer works')
  await hands.choosePassword(newPassword)
  await hands.see(headings.done)
  expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)
})
