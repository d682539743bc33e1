import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import type { SmsProvider } from '../../scripts/lab/sms-provider.ts'
import { openLab } from '../helpers/lab.ts'
import { startSmsLab, textedCode } from '../helpers/sms.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { hireWithNumber, signIn, signInAnswers, wrongCode } from './people.ts'
import { sitDown } from './workstation.ts'

const newPassword = 'Seven quiet lanterns 47 by the river'
const byText = /^Code by text message/

let stack: Stack
let provider: SmsProvider

beforeAll(async () => {
  const sms = await startSmsLab(await openLab())
  provider = sms.provider
  const policy = { methods: ['totp', 'sms', 'email'] }
  stack = await openStack({ sections: { sms: sms.twilio, policy } })
})

afterEach(() => provider.behave({ kind: 'accept' }))

afterAll(async () => {
  await stack?.stop()
  await provider?.stop()
})

test('a code that never comes stops nobody: the screen is the same, and another method is near', async () => {
  const employee = await hireWithNumber(stack, provider)
  provider.behave({ kind: 'answer', status: 500, body: '' })
  const { hands, page, press } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.choose(byText)
  await page.getByText(/^Sent at/).waitFor()
  await hands.giveCode(wrongCode)
  await page.getByText('You have 4 more tries.').waitFor()
  await press('I can’t use this right now')
  await hands.proveByApp(await employee.code())
  await hands.see(headings.methods)
})

test('somebody who is locked out resets the password with a text message and an app', async () => {
  const employee = await hireWithNumber(stack, provider)
  const { hands, page, look } = await sitDown(stack)
  const since = Date.now()
  await hands.nameAccount(employee.account)
  await hands.see(headings.methods)
  await look('50-text-message-methods')
  await hands.choose(byText)
  await page.getByText(/^Sent at/).waitFor()
  await look('51-text-message-sent')
  await hands.giveCode(await textedCode(provider, employee.number, since))
  // A mailbox would not be enough beside it, so there is nothing to choose: the app is asked for.
  await hands.see(/2 of 2/)
  await page.getByRole('textbox', { name: /^Code from your authenticator app/ }).waitFor()
  await hands.giveCode(await employee.code())
  await hands.choosePassword(newPassword)
  await hands.see(headings.done)
  expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)
  expect(await signIn(stack, employee, employee.password)).toMatch(signInAnswers.wrongPassword)
})

test('somebody who speaks German is asked for it in German, stranger or not', async () => {
  const { hands, page, look } = await sitDown(stack, { language: 'de' })
  await hands.see(/^Wer sind Sie\?/)
  await page.keyboard.type('nobody-of-this-name')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Code per SMS/ }).click()
  await page.getByText(/^Geschickt um .* Es kann eine Minute dauern\. Nur/).waitFor()
  await look('52-de-text-message')
})
