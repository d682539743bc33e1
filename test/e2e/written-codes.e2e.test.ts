import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { signInToPortal } from '../../scripts/lab/portal-client.ts'
import type { RecoveryCodesEnrolment } from '../../src/contract/enrolment.ts'
import { uniqueName } from '../helpers/lab.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { signIn, signInAnswers } from './people.ts'
import { sitDown, type Workstation } from './workstation.ts'

// Codes from paper and from the helpdesk, typed at the login screen.

const newPassword = 'Nine patient Herons 58 bridges'

let stack: Stack

beforeAll(async () => {
  const methods = ['totp', 'recoveryCode', 'temporaryPass', 'email']
  stack = await openStack({ sections: { policy: { methods } } })
})

afterAll(() => stack?.stop())

/** Somebody with a private mailbox and ten recovery codes. */
async function hireWithCodes() {
  const employee = await stack.hire()
  const portal = await signInToPortal(stack.backend.origin, stack.lab.caPem, {
    account: employee.account,
    password: employee.password,
  })
  const { methods } = (await portal.call('GET', '/me/methods')) as {
    methods: { methodId: string; kind: string }[]
  }
  const app = methods.find(({ kind }) => kind === 'totp')?.methodId
  const proof = { kind: 'totp', code: await employee.code() }
  await portal.call('POST', `/session/step-up/${app}/verify`, proof)
  const path = '/me/methods/recovery-codes'
  const { codes, methodId } = (await portal.call('POST', path)) as RecoveryCodesEnrolment
  await portal.call('POST', `/me/methods/${methodId}/confirm`, { code: codes[0] })
  return { ...employee, codes }
}

const field = ({ page }: Workstation) => page.locator('[name="code"]')
const told = ({ page }: Workstation) => page.locator('.field-error').innerText()

/** Types as people do from paper, and goes on. */
async function typeCode(workstation: Workstation, code: string) {
  await field(workstation).fill('')
  await field(workstation).pressSequentially(code)
  await workstation.hands.goOn()
}

describe('a recovery code', () => {
  test('with a mailed code: a slip costs no try, any spelling will do, and it works once', async () => {
    const employee = await hireWithCodes()
    const [, first = '', second = ''] = employee.codes
    const workstation = await sitDown(stack)
    const { hands, look } = workstation
    await hands.nameAccount(employee.account)
    await hands.choose(/^Recovery code/)
    await look('written-recovery-code')
    expect(await field(workstation).getAttribute('inputmode')).not.toBe('numeric')
    expect(await field(workstation).getAttribute('autocomplete')).toBe('off')
    expect(await field(workstation).getAttribute('autocapitalize')).toBe('characters')
    const slip = first.endsWith('Z') ? first.replace(/.$/, 'Y') : first.replace(/.$/, 'Z')
    for (const typed of [slip, first.slice(0, -1), '123456']) {
      await typeCode(workstation, typed)
      await expect.poll(() => told(workstation)).toMatch(/15 letters and digits/)
    }
    await look('written-recovery-code-mistyped')
    await typeCode(workstation, first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'))
    await hands.proveByMail(employee)
    await hands.choosePassword(newPassword)
    await hands.see(headings.done)
    expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)

    const again = await sitDown(stack)
    await again.hands.nameAccount(employee.account)
    await again.hands.choose(/^Recovery code/)
    await typeCode(again, first)
    await expect.poll(() => told(again)).toMatch(/not accepted.*4 more tries/)
    await again.look('written-recovery-code-refused')
    await typeCode(again, second)
    await again.hands.see(headings.methods)
  })
})

describe('a temporary pass', () => {
  test('mailed by the helpdesk, with the app: mail is no choice any more', async () => {
    const employee = await stack.hire()
    const agent = await stack.lab.directory.createUser({ name: uniqueName('agent') })
    const since = Date.now()
    const issued = await stack.backend.cliAs(
      agent.name,
      ...['pass', 'issue', employee.account, '--reason', 'INC-4711, known by voice'],
    )
    expect(issued.code, issued.output).toBe(0)
    const shape = /[0-9A-Z]{5}(-[0-9A-Z]{5}){2}/
    const letter = await stack.lab.mail.waitFor(
      ({ to, text, receivedAt }) =>
        to.includes(employee.mailbox) && receivedAt >= since && shape.test(text),
      20_000,
    )
    const pass = shape.exec(letter.text)?.[0] ?? ''
    expect(issued.output).not.toContain(pass)

    const workstation = await sitDown(stack)
    const { hands, look, page } = workstation
    await hands.nameAccount(employee.account)
    await hands.choose(/^Temporary pass/)
    await look('written-temporary-pass')
    await typeCode(workstation, pass)
    await hands.see(headings.methods)
    expect(await page.getByRole('button', { name: /^Code by mail/ }).count()).toBe(0)
    await look('written-after-the-pass')
    await hands.proveByApp(await employee.code())
    await hands.choosePassword(newPassword)
    await hands.see(headings.done)
    expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)
    const { output } = await stack.backend.cliAs(agent.name, 'pass', 'list')
    expect(output).toContain(`${employee.account}: used`)
  })
})
