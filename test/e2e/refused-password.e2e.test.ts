import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Employee } from '../../scripts/lab/employee.ts'
import { headings } from '../../scripts/lab/hands.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { signIn, signInAnswers } from './people.ts'
import { sitDown, type Workstation } from './workstation.ts'

const newPassword = 'Seven quiet Lanterns 47 rivers'

let stack: Stack
let employee: Employee

beforeAll(async () => {
  stack = await openStack()
})

afterAll(() => stack?.stop())

async function proven(): Promise<Workstation> {
  employee = await stack.hire()
  const workstation = await sitDown(stack)
  const { hands } = workstation
  await hands.nameAccount(employee.account)
  await hands.proveByApp(await employee.code())
  await hands.proveByMail(employee)
  await hands.see(headings.password)
  return workstation
}

test('what the rules forbid is stopped at the screen, and the account is not touched', async () => {
  const { look, hands, page } = await proven()
  const written = () => stack.lab.directory.readAttribute(employee.dn, 'uSNChanged')
  const before = await written()
  const rule = (name: RegExp) => page.getByRole('listitem').filter({ hasText: name })
  for (const [password, broken] of [
    ['Short-7-rivers', /At least 15 characters/],
    ['all in small letters', /Three of these/],
    [`Rivers 47 ${employee.account}`, /Not your name/],
    ['Rivers 47 and Erika walk', /Not your name/],
  ] as const) {
    await hands.choosePassword(password)
    await page.getByText('Not yet: look at the list below.').waitFor()
    expect(await rule(broken).textContent()).toContain('Not met yet')
    expect(await rule(broken).getAttribute('class')).toContain('checklist-missed')
  }
  await look('13-rules-not-met', 1080)
  expect(await written()).toBe(before)
  expect(await signIn(stack, employee, employee.password)).toBe(signInAnswers.accepted)
})

test('a password that was used before is refused with the true reason; another one is taken', async () => {
  const { look, hands, page, press, words } = await proven()
  await hands.choosePassword(employee.password)
  await hands.see(/^Choose another password/)
  expect(await words()).toContain('It is one of your last 24 passwords. Choose one that is new.')
  expect(await words()).toContain('Your old password no longer works.')
  await look('14-refused', 1080)

  // It is the truth: leaving now would leave them without any password.
  expect(await signIn(stack, employee, employee.password)).not.toBe(signInAnswers.accepted)
  await press('Close')
  const question = page.getByRole('alertdialog', { name: 'Leave now?' })
  expect(await question.textContent()).toContain('no new one is set')
  await look('15-leave-now')
  await press('Stay here')

  // No second commit, no second proof: the same recovery goes on.
  await hands.choosePassword(newPassword)
  await hands.see(headings.done)
  expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)
})
