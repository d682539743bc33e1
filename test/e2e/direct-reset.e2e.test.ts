import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Employee, mailedCode } from '../../scripts/lab/employee.ts'
import { headings } from '../../scripts/lab/hands.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { hireLockedOut, signIn, signInAnswers } from './people.ts'
import { focusedName, openWorkstation, type Workstation } from './workstation.ts'

const newPassword = 'Seven quiet Lanterns 47 rivers'

let stack: Stack
let employee: Employee
let workstation: Workstation

beforeAll(async () => {
  stack = await openStack()
  employee = await hireLockedOut(stack, 'erika.example')
  workstation = await openWorkstation(stack)
})

afterAll(async () => {
  await workstation?.stop()
  await stack?.stop()
})

/** Looks at a screen before it is left: where the focus is, what axe says, and a picture for the guide. */
async function look(name: string, heading?: string): Promise<void> {
  const { page } = workstation
  if (heading !== undefined) expect(await focusedName(page)).toBe(`h1 ${heading}`)
  await workstation.look(name)
}

test('a locked-out employee gets back in by keyboard alone', async () => {
  const { page, hands } = workstation
  const { keyboard } = page
  const since = Date.now()

  await hands.see(headings.account)
  await look('01-who-are-you', 'Who are you?')
  await keyboard.type(employee.account)
  await keyboard.press('Enter')

  await hands.see(headings.methods)
  await look('02-methods', 'How do you want to prove it’s you?')
  await keyboard.press('Tab')
  expect(await focusedName(page)).toContain('button Authenticator app')
  await keyboard.press('Enter')

  await hands.see(headings.prove)
  expect(await focusedName(page)).toBe('h1 Prove it’s you · 1 of 2')
  await keyboard.type(await employee.code())
  await look('03-authenticator-app')
  await keyboard.press('Enter')

  await hands.see(/2 of 2/)
  const code = await mailedCode(stack.lab.mail, employee.mailbox, since)
  expect(await focusedName(page)).toBe('h1 Prove it’s you · 2 of 2')
  await keyboard.type(code)
  await look('04-code-by-mail')
  await keyboard.press('Enter')

  await hands.see(headings.password)
  await look('05-new-password', 'Choose a new password')
  await keyboard.type(newPassword)
  for (const _ of ['show', 'repeat']) await keyboard.press('Tab')
  await keyboard.type(newPassword)
  await page.getByText('Very hard').waitFor()
  await look('06-new-password-typed')
  await keyboard.press('Enter')

  await hands.see(headings.done)
  await look('07-done', 'Your new password is set')
  expect(await workstation.words()).toContain(`sign in as ${employee.account} now`)

  const closed = workstation.app.application.waitForEvent('close')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await closed
})

test('the directory accepts the new password, refuses the old one, and has lifted the lockout', async () => {
  expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)
  expect(await signIn(stack, employee, employee.password)).toMatch(signInAnswers.wrongPassword)
})

test('the employee is told by mail, at both addresses', async () => {
  const told = (address: string) =>
    stack.lab.mail.waitFor(
      ({ to, subject }) => to.includes(address) && subject === 'Your password was reset',
      10_000,
    )
  for (const address of [employee.mailbox, 'erika.example@example.com']) {
    const { text } = await told(address)
    expect(text).toContain(employee.account)
    expect(text).not.toContain(newPassword)
  }
})

test('the audit chain holds, and the log keeps no secret', async () => {
  // A server that stops in good order signs what it has written.
  await stack.backend.stop()
  const { code, output } = await stack.backend.cli('audit', 'verify')
  expect(output).toMatch(/The audit log is sound: \d+ entries/)
  expect(output).toMatch(/checkpoints agree with it/)
  expect(code).toBe(0)
  expect(stack.backend.output()).not.toContain(newPassword)
  expect(workstation.app.output()).not.toContain(newPassword)
})
