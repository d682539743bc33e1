import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Employee } from '../../scripts/lab/employee.ts'
import { headings } from '../../scripts/lab/hands.ts'
import { uniqueName } from '../helpers/lab.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { wrongCode } from './people.ts'
import { helpdesk, sitDown } from './workstation.ts'

let stack: Stack
let eligible: Employee
let disabled: Employee
let administrator: Employee

beforeAll(async () => {
  stack = await openStack()
  const { directory } = stack.lab
  eligible = await stack.hire()
  disabled = await stack.hire()
  // 0x200 an ordinary account, 0x2 disabled.
  await directory.modify(disabled.dn, { userAccountControl: 0x202 })
  administrator = await stack.hire()
  await directory.addMember(`CN=Domain Admins,CN=Users,${directory.baseDn}`, administrator.dn)
})

afterAll(() => stack?.stop())

/** Everything that somebody sees who knows a name and nothing else. */
async function guess(account: string): Promise<string[]> {
  const { hands, page, press, words } = await sitDown(stack)
  const seen: string[] = []
  const note = async () => {
    const text = `${await page.title()}: ${await words()}`
    seen.push(text.replaceAll(/\d{1,2}:\d{2}( [AP]M)?|mention: \w{8}/g, '(own)'))
  }
  await hands.nameAccount(account)
  await hands.see(headings.methods)
  await note()
  await hands.choose(/^Authenticator app/)
  await hands.giveCode(wrongCode)
  await page.getByText('You have 4 more tries.').waitFor()
  await note()
  await press('I can’t use this right now')
  await hands.choose(/^Code by mail/)
  await page.getByText(/^Sent at/).waitFor()
  await note()
  for (const left of ['3 more tries', '2 more tries', 'one more try']) {
    await hands.giveCode(wrongCode)
    await page.getByText(`You have ${left}.`).waitFor()
    await note()
  }
  await hands.giveCode(wrongCode)
  await hands.see(/^Too many wrong codes/)
  await note()
  return seen
}

test('nobody, the disabled and the protected look to a stranger like everybody else', async () => {
  const usual = await guess(eligible.account)
  expect(usual).toHaveLength(7)
  for (const account of [uniqueName('nobody'), disabled.account, administrator.account]) {
    expect(await guess(account)).toEqual(usual)
  }
})

test.each([
  ['disabled', () => disabled, /^This account is switched off/, '11-account-switched-off'],
  ['protected', () => administrator, /^This account is specially protected/, '12-protected'],
])(
  'whoever has proven to own a %s account is told the reason, and who can help',
  async (_, person, heading, name) => {
    const employee = person()
    const { look, hands, page, words } = await sitDown(stack)
    const before = await stack.lab.directory.readAttribute(employee.dn, 'uSNChanged')
    await hands.nameAccount(employee.account)
    await hands.proveByApp(await employee.code())
    await hands.proveByMail(employee)
    await hands.see(heading)
    expect(await words()).toContain(helpdesk)
    expect(await page.getByRole('button', { name: /again/i }).count()).toBe(0)
    await look(name)
    expect(await stack.lab.directory.readAttribute(employee.dn, 'uSNChanged')).toBe(before)
  },
)
