import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Employee } from '../../scripts/lab/employee.ts'
import { headings } from '../../scripts/lab/hands.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { hireLockedOut, signIn, signInAnswers, wrongCode } from './people.ts'
import { openWorkstation, type Workstation } from './workstation.ts'

let stack: Stack
let employee: Employee
let workstation: Workstation

beforeAll(async () => {
  stack = await openStack()
  employee = await hireLockedOut(stack)
  workstation = await openWorkstation(stack)
})

afterAll(async () => {
  await workstation?.stop()
  await stack?.stop()
})

const passwordSet = () => stack.lab.directory.readAttribute(employee.dn, 'pwdLastSet')

test('the account stays locked until enough is proven', async () => {
  const { hands, page } = workstation
  await hands.nameAccount(employee.account, 'unlock')
  await hands.choose(/^Authenticator app/)
  await hands.giveCode(wrongCode)
  await page.getByText('You have 4 more tries.').waitFor()
  await hands.giveCode(await employee.code())
  await hands.see(/2 of 2/)
  expect(await signIn(stack, employee, employee.password)).toMatch(signInAnswers.lockedOut)
})

test('the lockout is lifted, the password stays, and the employee is told', async () => {
  const { look, hands, words } = workstation
  const before = await passwordSet()
  await hands.proveByMail(employee)
  await hands.see(headings.unlocked)
  expect(await words()).toContain(`as ${employee.account} with your usual password`)
  await look('16-unlocked')
  expect(await passwordSet()).toBe(before)
  expect(await signIn(stack, employee, employee.password)).toBe(signInAnswers.accepted)
  await stack.lab.mail.waitFor(
    ({ to, subject }) => to.includes(employee.mailbox) && subject === 'Your account was unlocked',
    10_000,
  )
})

test('whoever has forgotten the password, too, goes on from there', async () => {
  const { hands, page, press } = workstation
  await press('I have forgotten my password, too')
  await hands.see(headings.account)
  expect(await page.getByRole('radio', { name: /A new password/ }).isChecked()).toBe(true)
  await hands.goOn()
  await hands.see(headings.methods)
})
