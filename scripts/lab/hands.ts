import type { Page } from 'playwright'
import type { Employee } from './employee.ts'
import { mailedCode } from './employee.ts'
import type { MailClient } from './mail-client.ts'

/** What a person does at the helper, in English, by the names that a screen reader would read out. */
export interface Hands {
  nameAccount(account: string, purpose?: 'reset' | 'unlock'): Promise<void>
  /** Chooses a method where there is a choice. */
  choose(method: RegExp): Promise<void>
  /** Types a code where the helper asks for one, and goes on. */
  giveCode(code: string): Promise<void>
  proveByApp(code: string): Promise<void>
  proveByMail(employee: Pick<Employee, 'mailbox'>): Promise<void>
  goOn(): Promise<void>
  choosePassword(password: string): Promise<void>
  /** Waits for the heading of a screen. @throws when it does not come */
  see(heading: RegExp, timeoutMs?: number): Promise<void>
}

export const headings = {
  account: /^Who are you\?/,
  methods: /^(How do you want to prove|What next)/,
  prove: /^Prove it’s you/,
  password: /^Choose (a new|another) password/,
  done: /^Your new password is set/,
  unlocked: /^Your account is unlocked/,
} as const

const SCREEN_TIMEOUT_MS = 20_000

/** @param look - called on each screen before it is left, e.g. to take a picture */
export function handsAt(
  page: Page,
  mail: Pick<MailClient, 'waitFor'>,
  look: (screen: string) => Promise<void> = async () => {},
): Hands {
  const press = (name: RegExp) => page.getByRole('button', { name }).click()
  const type = (label: RegExp, text: string) =>
    page.getByRole('textbox', { name: label }).fill(text)
  const see = async (heading: RegExp, timeoutMs = SCREEN_TIMEOUT_MS) => {
    const level = page.getByRole('heading', { level: 1, name: heading })
    await level.waitFor({ timeout: timeoutMs })
  }
  const goOn = () => press(/^Continue$/)
  // Codes that were mailed before this walk began are none of its business.
  const since = Date.now()
  const choose = async (method: RegExp) => {
    await see(headings.methods)
    const choice = page.getByRole('button', { name: method })
    await choice.click()
    // Not for the next heading: an authenticator may have answered before it was read.
    await choice.waitFor({ state: 'hidden', timeout: SCREEN_TIMEOUT_MS })
  }
  return {
    ...{ see, goOn, choose },
    async giveCode(code) {
      await type(/^Code from/, code)
      await goOn()
    },
    async nameAccount(account, purpose = 'reset') {
      await see(headings.account)
      await type(/^Account name/, account)
      if (purpose === 'unlock') await page.getByText('Only unlock my account').click()
      await look('account')
      await goOn()
    },
    async proveByApp(code) {
      await see(headings.methods)
      await look('methods')
      await choose(/^Authenticator app/)
      await type(/^Code from your authenticator app/, code)
      await look('prove-app')
      await goOn()
    },
    async proveByMail({ mailbox }) {
      // With one method left the helper goes straight to it, and has the code sent.
      const chosen = page.getByRole('textbox', { name: /^Code from the mail/ })
      const choice = page.getByRole('button', { name: /^Code by mail/ })
      await chosen.or(choice).first().waitFor({ timeout: SCREEN_TIMEOUT_MS })
      if (await choice.isVisible()) await choice.click()
      await see(headings.prove)
      await type(/^Code from the mail/, await mailedCode(mail, mailbox, since))
      await look('prove-mail')
      await goOn()
    },
    async choosePassword(password) {
      await see(headings.password)
      await type(/^New password/, password)
      await type(/^The same again/, password)
      await look('password')
      await press(/^Set this password/)
    },
  }
}
