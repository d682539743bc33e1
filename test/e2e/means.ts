import { mailedCode } from '../../scripts/lab/employee.ts'
import { httpsJson } from '../../scripts/lab/https-json.ts'
import type { signInToPortal } from '../../scripts/lab/portal-client.ts'
import type { SmsProvider } from '../../scripts/lab/sms-provider.ts'
import type { RecoveryCodesEnrolment } from '../../src/contract/enrolment.ts'
import type { AuthenticatorKind, MethodKind } from '../../src/contract/method-kinds.ts'
import type { PhoneEnrolment, PhoneStatus } from '../../src/contract/push.ts'
import { createDpopKey, createDpopProof } from '../../src/sealing/dpop.ts'
import { newNumber, textedCode } from '../helpers/sms.ts'
import type { Stack } from '../helpers/stack.ts'
import { addVirtualAuthenticator } from '../helpers/virtual-authenticator.ts'
import { codeOf } from '../portal/visit.ts'
import { enrolAuthenticator } from './enrol-authenticators.ts'
import { shownNumber } from './phone.ts'
import type { Workstation } from './workstation.ts'

// Every kind of method: set up as its owner would through the portal's interface, and then shown in
// the helper.

/** Somebody who is signed in to the portal and sets something up. */
export interface Owner {
  stack: Stack
  account: string
  portal: Awaited<ReturnType<typeof signInToPortal>>
  provider: SmsProvider
  /** Who gives out temporary passes. */
  helpdesk: string
}

/** Chooses the method in the helper, and proves it. */
export type Prove = (workstation: Workstation) => Promise<void>

type SetUp = (owner: Owner) => Promise<Prove>
type Begun = { methodId: string; secret: string }

const confirm = ({ portal }: Owner, methodId: string, code: string) =>
  portal.call('POST', `/me/methods/${methodId}/confirm`, { code })

const type =
  (choice: RegExp, label: RegExp, code: () => Promise<string>): Prove =>
  async ({ page, hands }) => {
    await hands.choose(choice)
    const field = page.getByRole('textbox', { name: label })
    await field.waitFor()
    await field.fill(await code())
    await hands.goOn()
  }

const totp: SetUp = async (owner) => {
  const begun = (await owner.portal.call('POST', '/me/methods/totp', { label: 'App' })) as Begun
  // The step before is accepted too, which leaves the current one for the recovery.
  await confirm(owner, begun.methodId, await codeOf(begun.secret, -1))
  return type(/^Authenticator app/, /^Code from your authenticator/, () => codeOf(begun.secret))
}

const email: SetUp = async (owner) => {
  const { mail } = owner.stack.lab
  const mailbox = `${owner.account}@home.example`
  const begun = (await owner.portal.call('POST', '/me/methods/email', {
    address: mailbox,
  })) as Begun
  await confirm(owner, begun.methodId, await mailedCode(mail, mailbox))
  const since = Date.now()
  return type(/^Code by mail/, /^Code from the mail/, () => mailedCode(mail, mailbox, since))
}

const sms: SetUp = async (owner) => {
  const number = newNumber()
  const begun = (await owner.portal.call('POST', '/me/methods/sms', { number })) as Begun
  await confirm(owner, begun.methodId, await textedCode(owner.provider, number))
  const since = Date.now()
  return type(/^Code by text/, /^Code from the text/, () =>
    textedCode(owner.provider, number, since),
  )
}

const recoveryCode: SetUp = async (owner) => {
  const path = '/me/methods/recovery-codes'
  const { codes, methodId } = (await owner.portal.call('POST', path)) as RecoveryCodesEnrolment
  await confirm(owner, methodId, codes[0] ?? '')
  return type(/^Recovery code/, /^Recovery code/, async () => codes[1] ?? '')
}

const temporaryPass: SetUp = async ({ stack, account, helpdesk }) => {
  const { code, output } = await stack.backend.cli(
    ...['pass', 'issue', account, '--reason', 'phone lost', '--as', helpdesk],
    ...['--deliver', 'print', '--print-reason', 'known by sight', '--json'],
  )
  if (code !== 0) throw new Error(output)
  const pass = JSON.parse(output.slice(output.indexOf('{'))) as { code: string }
  return type(/^Temporary pass/, /^Temporary pass/, async () => pass.code)
}

const authenticator =
  (kind: AuthenticatorKind, choice: RegExp, transport: 'internal' | 'usb'): SetUp =>
  async ({ stack, portal }) => {
    const credential = await enrolAuthenticator(stack.backend.origin, portal, kind)
    return async ({ page, hands }) => {
      const device = await addVirtualAuthenticator(page, { transport })
      await device.carry(credential)
      await hands.choose(choice)
      await hands.see(/^(What next|Thank you|Choose a new)/)
      await device.remove()
    }
  }

const push: SetUp = async ({ stack, portal }) => {
  const begun = (await portal.call('POST', '/me/methods/push')) as PhoneEnrolment
  const key = await createDpopKey()
  const send = async (method: string, path: string, body?: object) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const url = `${stack.backend.origin}/api/v1${path}`
    const dpop = await createDpopProof(key, { method, url, body: text, now: Date.now() })
    const answer = await httpsJson(url, stack.lab.caPem, { method, headers: { dpop }, body })
    if (answer.status >= 400) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }
  const secret = begun.link.slice(begun.link.indexOf('=') + 1)
  const paired = (await send('POST', '/phone/pair', { secret, name: 'Phone' })) as PhoneStatus
  const number = paired.pairingNumber
  await portal.call('POST', `/me/methods/${begun.methodId}/phone`, { number })
  return async ({ page, hands }) => {
    await hands.choose(/^Latchkey on your phone/)
    await page.locator('.big-number').waitFor()
    const { request } = (await send('GET', '/phone')) as PhoneStatus
    const answer = { decision: 'approve', number: await shownNumber(page) }
    await send('POST', `/phone/requests/${request?.requestId}`, answer)
  }
}

export const setUp: Record<MethodKind, SetUp> = {
  passkey: authenticator('passkey', /^Passkey/, 'internal'),
  securityKey: authenticator('securityKey', /^Security key/, 'usb'),
  ...{ push, totp, recoveryCode, temporaryPass, sms, email },
}
