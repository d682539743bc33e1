import { afterAll, beforeAll, expect, test } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { recoveriesSince, runOut } from './recoveries.ts'
import { focusedName, sitDown } from './workstation.ts'

const minute = 60_000

let stack: Stack

beforeAll(async () => {
  stack = await openStack()
})

afterAll(() => stack?.stop())

test('a recovery that the backend has ended says so, and starting again takes one key', async () => {
  const employee = await stack.hire()
  const since = Date.now()
  const { hands, look, page } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.choose(/^Authenticator app/)
  runOut(stack)
  await hands.giveCode(await employee.code())
  await hands.see(/^Time is up/)
  await look('24-time-is-up')
  await page.keyboard.press('Tab')
  expect(await focusedName(page)).toBe('button Start again')
  await page.keyboard.press('Enter')
  await hands.see(headings.account)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await hands.proveByApp(await employee.code())
  await hands.see(/2 of 2/)
  // The sweeper closes the books, every few seconds.
  await expect
    .poll(() => recoveriesSince(stack, since), { timeout: 10_000 })
    .toEqual(['expired', 'proving'])
})

test('an hour-glass on the screen: the end is announced, and whoever walked away leaves nothing open', async () => {
  const employee = await stack.hire()
  const since = Date.now()
  const { hands, look, page } = await sitDown(stack)
  await page.clock.install()
  await hands.nameAccount(employee.account)
  await hands.proveByApp(await employee.code())
  await hands.see(/2 of 2/)
  await page.clock.runFor(8 * minute)
  await page.getByText('After that you would have to start again, for your safety.').waitFor()
  await look('25-two-minutes-left')
  await page.clock.runFor(2 * minute)
  await hands.see(/^Time is up/)
  await expect.poll(() => recoveriesSince(stack, since)).toEqual(['abandoned'])
})

test('every screen but the last leads back, and no proof is asked for twice', async () => {
  const employee = await stack.hire()
  const since = Date.now()
  const { hands, look, page, press } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.see(headings.methods)
  await press('Back')
  await hands.see(headings.account)
  await hands.goOn()
  await hands.choose(/^Authenticator app/)
  await press('Back')
  await hands.proveByApp(await employee.code())
  await hands.see(/2 of 2/)
  await page.keyboard.press('Escape')
  await hands.see(/^What next\?/)
  await look('26-one-more-proof')
  await hands.proveByMail(employee)
  await hands.see(headings.password)
  await press('Back')
  await hands.see(/^You have proven it’s you/)
  await hands.goOn()
  await hands.see(headings.password)
  expect(recoveriesSince(stack, since)).toEqual(['planned'])

  await press('Back')
  await press('Back')
  await page.getByRole('textbox', { name: /^Account name/ }).fill('somebody.else')
  await hands.goOn()
  await page.getByRole('alertdialog', { name: 'Start over with another account?' }).waitFor()
  await press('Start over')
  await hands.see(headings.methods)
  expect(recoveriesSince(stack, since)).toEqual(['abandoned', 'proving'])
  const closed = page.waitForEvent('close')
  await press('Close')
  await closed
  await expect.poll(() => recoveriesSince(stack, since)).toEqual(['abandoned', 'abandoned'])
})
