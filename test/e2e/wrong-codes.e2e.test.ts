import { afterAll, beforeAll, expect, test } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { signIn, signInAnswers, wrongCode } from './people.ts'
import { sitDown } from './workstation.ts'

let stack: Stack

beforeAll(async () => {
  stack = await openStack({ sections: { limits: { failures: 6, firstDelaySeconds: 10 } } })
})

afterAll(() => stack?.stop())

test('a wrong code is refused with what remains, and the right one still passes', async () => {
  const employee = await stack.hire()
  const { look, hands, page } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.choose(/^Authenticator app/)
  for (const left of ['4 more tries', '3 more tries']) {
    await hands.giveCode(wrongCode)
    await page.getByText(`You have ${left}.`).waitFor()
  }
  await look('08-wrong-code')
  await hands.giveCode(await employee.code())
  await hands.proveByMail(employee)
  await hands.see(headings.password)
})

test('five wrong codes close the attempt; too many for the account make everybody wait', async () => {
  const employee = await stack.hire()
  const { look, hands, page, press, words } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.choose(/^Authenticator app/)
  for (const left of ['4 more tries', '3 more tries', '2 more tries', 'one more try']) {
    await hands.giveCode(wrongCode)
    await page.getByText(`You have ${left}.`).waitFor()
  }
  await hands.giveCode(wrongCode)
  await hands.see(/^Too many wrong codes/)
  expect(await words()).toContain('Start again, with a fresh code.')
  // Short enough to be read out on the phone, and the helpdesk finds it in the log.
  const [, reference] = /please mention: ([0-9a-f]{8})(?!-)/.exec(await words()) ?? []
  expect(reference).toBeDefined()
  expect(stack.backend.output()).toContain(`"${reference}-`)
  await look('09-too-many-wrong-codes')

  await press('Start again')
  await hands.see(headings.account)
  const name = page.getByRole('textbox', { name: /^Account name/ })
  expect(await name.inputValue()).toBe(employee.account)
  await hands.goOn()
  await hands.choose(/^Authenticator app/)
  await hands.giveCode(wrongCode)
  await page.getByText('You have 4 more tries.').waitFor()
  await hands.giveCode(await employee.code())
  await page.getByText(/^You can try again in 0:(0\d|10)\.$/).waitFor()
  const blockedUntil = Date.now() + 10_500
  expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true)
  await look('10-please-wait')

  // Whoever guessed at one method has not closed the other.
  await press('I can’t use this right now')
  await hands.proveByMail(employee)
  await hands.see(headings.prove)
  await page.waitForTimeout(Math.max(0, blockedUntil - Date.now()))
  await hands.giveCode(await employee.code())
  await hands.see(headings.password)
  expect(await signIn(stack, employee, employee.password)).toBe(signInAnswers.accepted)
})
