import { afterAll, beforeAll, expect, it } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { trySignIn } from '../../scripts/lab/sign-in.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { addVirtualAuthenticator } from '../helpers/virtual-authenticator.ts'
import { type Holder, hireHolder } from './enrol-authenticators.ts'
import { signInAnswers } from './people.ts'
import { sitDown } from './workstation.ts'

// Passkeys and security keys in the helper, with the virtual authenticators of its Chromium.

const methods = ['passkey', 'securityKey', 'totp', 'email']
const newPassword = 'Kettle-Orbit-Lantern-7'

let stack: Stack
let holder: Holder

beforeAll(async () => {
  stack = await openStack({ sections: { policy: { methods } } })
  holder = await hireHolder(stack)
})

afterAll(() => stack?.stop())

const signIn = (password: string) =>
  trySignIn(holder.userPrincipalName, password, stack.lab.directory)

it('offers another method at once where the computer has none, and does not wait for ever', async () => {
  const { hands, look, page, press } = await sitDown(stack)
  await hands.nameAccount(holder.account)
  await hands.choose(/^Passkey/)
  await page.getByText('No passkey can be used on this computer').waitFor({ timeout: 5_000 })
  await look('20-no-passkey-here')
  await press('Use something else')
  await hands.choose(/^Security key/)
  await page.getByText('Waiting for your security key').waitFor()
  await look('21-waiting-for-key')
  await press('Stop waiting')
  await page.getByText('Nothing was confirmed').waitFor()
  await look('22-nothing-confirmed')
  await press('I can’t use this right now')
  await hands.see(headings.methods)
})

it('lets nobody in whom the authenticator does not recognise', async () => {
  const { hands, page, press } = await sitDown(stack)
  const computer = await addVirtualAuthenticator(page)
  await computer.carry(holder.credentials.passkey)
  await computer.recognises(false)
  await hands.nameAccount(holder.account)
  await hands.choose(/^Passkey/)
  await page.getByText('Nothing was confirmed').waitFor()
  await press('Try again')
  await page.getByText('Nothing was confirmed').waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/1\sof\s2/)
})

it('refuses the passkey of somebody else', async () => {
  const { hands, look, page } = await sitDown(stack)
  const other = await hireHolder(stack)
  const computer = await addVirtualAuthenticator(page)
  await computer.carry(other.credentials.passkey)
  await hands.nameAccount(holder.account)
  await hands.choose(/^Passkey/)
  await page.getByText('You have 4 more tries.').waitFor()
  await look('23-passkey-refused')
})

it('resets the password with a passkey and a security key', async () => {
  const { hands, page } = await sitDown(stack)
  const computer = await addVirtualAuthenticator(page)
  await computer.carry(holder.credentials.passkey)
  await hands.nameAccount(holder.account)
  await hands.choose(/^Passkey/)
  await hands.see(/^What next/)
  await computer.remove()
  const key = await addVirtualAuthenticator(page, { transport: 'usb' })
  await key.carry(holder.credentials.securityKey)
  await hands.choose(/^Security key/)
  await hands.choosePassword(newPassword)
  await hands.see(headings.done)
  expect(await signIn(holder.password)).toMatch(signInAnswers.wrongPassword)
  expect(await signIn(newPassword)).toBe(signInAnswers.accepted)
})
