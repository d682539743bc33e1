import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { methodKinds } from '../../src/contract/method-kinds.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { addVirtualAuthenticator, newCredential } from '../helpers/virtual-authenticator.ts'
import { buildHarness, serve } from './harness/build.ts'
import {
  focused,
  type Look,
  launchChromium,
  openJourney,
  overflows,
  picture,
} from './harness/chromium.ts'
import { arriveAt, goodPassword, headings, typeAndEnter, walkOnTo, walkTo } from './harness/walk.ts'
import { type Script, wrongCode } from './scripted-bridge.ts'

// What the screens look like and how they behave, on a scripted world and under the product's own
// content security policy. The real chain behind them is tested on real parts.

let folder: string
let site: Awaited<ReturnType<typeof serve>>
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-journey-'))
  await buildHarness(folder)
  site = await serve(folder)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Opens the walk, and fails the test if the browser complained about anything. */
async function inJourney(
  script: Script,
  steps: (page: Page) => Promise<void>,
  look: Look = {},
): Promise<void> {
  const { page, complaints } = await openJourney(browser, site.url, script, look)
  try {
    await steps(page)
    expect(complaints).toEqual([])
  } finally {
    await page.context().close()
  }
}

const calls = (page: Page) => page.evaluate(() => window.scripted.verbs())
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).click()
const text = async (page: Page) => (await page.locator('main').textContent()) ?? ''

/** What a screen reader says with the field. */
function spokenWith(page: Page, name: string): Promise<string> {
  return page.locator(`[name="${name}"]`).evaluate((field) => {
    const ids = (field.getAttribute('aria-describedby') ?? '').split(' ')
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
  })
}

it('says what is missing at the field, before anybody is asked', async () => {
  await inJourney({}, async (page) => {
    await press(page, 'Continue')
    expect(await spokenWith(page, 'account')).toContain('Type your account name first.')
    expect(await page.locator('[name="account"]').getAttribute('aria-invalid')).toBe('true')
    await walkTo(page, 'totp')
    await press(page, 'Continue')
    expect(await spokenWith(page, 'code')).toContain('Type the code first.')
    await typeAndEnter(page, '12')
    expect(await spokenWith(page, 'code')).toContain('six to eight digits')
    expect(await calls(page)).toEqual(['start'])
  })
})

it('counts wrong codes down and closes the attempt after the last one', async () => {
  await inJourney({}, async (page) => {
    await walkTo(page, 'totp')
    for (const left of [4, 3, 2]) {
      await typeAndEnter(page, wrongCode)
      await page.getByText(`You have ${left} more tries.`).waitFor()
      expect(await spokenWith(page, 'code')).toContain(`${left} more tries`)
    }
    await picture(page, 'wrong-code')
    await typeAndEnter(page, wrongCode)
    await page.getByText('You have one more try.').waitFor()
    await typeAndEnter(page, wrongCode)
    await arriveAt(page, 'Too many wrong codes')
    expect(await text(page)).toContain('req-7Q2F9')
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'locked')
    await press(page, 'Start again')
    await arriveAt(page, headings.account)
    expect(await page.locator('[name="account"]').inputValue()).toBe('amartin')
    expect(await calls(page)).toContain('abandon')
  })
})

it('makes people wait when the backend says so, and lets them use another method meanwhile', async () => {
  const errors = { verify: [{ code: 'too_many_attempts', retryAfterSeconds: 90 }] } as const
  await inJourney({ errors }, async (page) => {
    await page.clock.install()
    await walkTo(page, 'totp')
    await typeAndEnter(page, '123456')
    await page.getByText(/You can try again in 1:(30|29)/).waitFor()
    await picture(page, 'wait')
    expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true)
    await page.clock.runFor(92_000)
    await page.getByText('You can try again now.').waitFor()
    expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(false)
    await press(page, 'I can’t use this right now')
    await arriveAt(page, headings.methods)
    expect(await page.getByRole('button', { name: 'Code by mail' }).isVisible()).toBe(true)
  })
})

it('does not quote rules that it may not know, and says that there may be more of them', async () => {
  const errors = { setPassword: [{ code: 'password_refused', refused: ['too_short'] }] } as const
  await inJourney({ errors, rules: { mayBeStricter: true } }, async (page) => {
    await walkTo(page, 'password')
    await page.getByText('Your company may ask for more than this').waitFor()
    await page.locator('[name="new-password"]').fill(goodPassword)
    await page.locator('[name="repeat-password"]').fill(goodPassword)
    await press(page, 'Set this password')
    await arriveAt(page, 'Choose another password')
    const shown = await text(page)
    expect(shown).toContain('It is too short.')
    expect(shown).not.toContain('It needs at least')
    expect(await complaintsOfAxe(page)).toEqual([])
  })
})

it('tells why the directory refused, keeps nothing of what was typed, and is honest about the old password', async () => {
  const errors = {
    setPassword: [{ code: 'password_refused', refused: ['history'], requestId: 'req-1' }],
  } as const
  await inJourney({ errors }, async (page) => {
    await walkTo(page, 'password')
    await page.locator('[name="new-password"]').fill(goodPassword)
    await page.locator('[name="repeat-password"]').fill(goodPassword)
    await press(page, 'Set this password')
    await arriveAt(page, 'Choose another password')
    const shown = await text(page)
    expect(shown).toContain('It is one of your last 24 passwords.')
    expect(shown).toContain('Your old password no longer works.')
    expect(await page.locator('[name="new-password"]').inputValue()).toBe('')
    expect(await page.locator('[name="repeat-password"]').inputValue()).toBe('')
    expect(await page.getByRole('button', { name: 'Back', exact: true }).count()).toBe(0)
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'refused')
    await press(page, 'Back to the login screen')
    const question = page.getByRole('alertdialog', { name: 'Leave now?' })
    expect(await question.textContent()).toContain('no new one is set')
    await picture(page, 'leaving', { fullPage: false })
    await page.keyboard.press('Escape')
    expect(await question.count()).toBe(0)
    expect(await calls(page)).not.toContain('leave')
    await page.locator('[name="new-password"]').fill('Another-Good-One-42')
    await page.locator('[name="repeat-password"]').fill('Another-Good-One-42')
    await page.keyboard.press('Enter')
    await arriveAt(page, headings.done)
  })
})

const leaked = 'Leaked-In-2019-Once'

async function choose(page: Page, password: string): Promise<void> {
  await page.locator('[name="new-password"]').fill(password)
  await page.locator('[name="repeat-password"]').fill(password)
  await press(page, 'Set this password')
}

it('refuses a leaked password where it was typed, and asks about each only once', async () => {
  await inJourney({ leaked: [leaked] }, async (page) => {
    await walkTo(page, 'password')
    const rule = page.getByRole('listitem').filter({ hasText: 'Not on the list of leaked' })
    await choose(page, leaked)
    await page.getByText('This one has leaked').waitFor()
    expect(await spokenWith(page, 'new-password')).toContain('Please choose another.')
    expect(await rule.getAttribute('class')).toContain('checklist-missed')
    await page.getByText('Very easy').waitFor()
    expect(await page.locator('[name="new-password"]').inputValue()).toBe(leaked)
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'leaked')
    await press(page, 'Set this password')
    await page.locator('[name="new-password"]').fill(goodPassword)
    expect(await rule.textContent()).toContain('Not met yet')
    await page.locator('[name="repeat-password"]').fill(goodPassword)
    await page.getByText('All rules met.').waitFor({ state: 'attached' })
    expect(await rule.textContent()).toContain('– Met')
    await press(page, 'Set this password')
    await arriveAt(page, headings.done)
    const asked = (await calls(page)).filter((verb) => verb === 'checkLeaked')
    expect(asked).toHaveLength(2)
  })
})

it('asks the list only when the field is left or the button is pressed, and about nothing that the rules forbid', async () => {
  await inJourney({}, async (page) => {
    await walkTo(page, 'password')
    const field = page.locator('[name="new-password"]')
    await field.pressSequentially(goodPassword, { delay: 5 })
    await page.waitForTimeout(1_200)
    expect(await calls(page)).not.toContain('checkLeaked')
    await page.keyboard.press('Tab')
    await page.waitForFunction(() => window.scripted.verbs().includes('checkLeaked'))
    for (const forbidden of ['Short-7', 'N0rthw!nd-Lantern-7']) {
      await field.fill(forbidden)
      await page.keyboard.press('Tab')
      await press(page, 'Set this password')
      await page.getByText('Not yet: look at the list below.').waitFor()
    }
    const rule = page.getByRole('listitem').filter({ hasText: 'None of your company’s words' })
    expect(await rule.getAttribute('class')).toContain('checklist-missed')
    await picture(page, 'banned-word')
    const asked = await page.evaluate(() =>
      window.scripted.calls.filter(([verb]) => verb === 'checkLeaked').map(([, one]) => one),
    )
    expect(asked).toEqual([goodPassword])
  })
})

it('sets nothing while the list cannot be asked, and asks again', async () => {
  const errors = { checkLeaked: [{ code: 'backend_unreachable' }] } as const
  await inJourney({ errors }, async (page) => {
    await walkTo(page, 'password')
    await page.locator('[name="new-password"]').fill(goodPassword)
    await page.locator('[name="repeat-password"]').fill(goodPassword)
    // Twice: when the field was left, and now.
    await page.waitForFunction(() => window.scripted.verbs().includes('checkLeaked'))
    await page.evaluate(() => window.scripted.fail('checkLeaked', 'breached_list_unavailable'))
    await press(page, 'Set this password')
    await page.getByText('We could not find out whether').waitFor()
    expect(await calls(page)).not.toContain('setPassword')
    expect(await page.locator('[name="new-password"]').inputValue()).toBe(goodPassword)
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'leak-unknown')
    await press(page, 'Set this password')
    await arriveAt(page, headings.done)
  })
})

it('warns once of a leaked password where a warning is enough, then takes it', async () => {
  await inJourney({ leaked: [leaked], rules: { breached: 'warn' } }, async (page) => {
    await walkTo(page, 'password')
    await choose(page, leaked)
    await page.getByText('press the button again to take it all the same').waitFor()
    expect(await calls(page)).not.toContain('setPassword')
    await press(page, 'Set this password')
    await arriveAt(page, headings.done)
  })
})

it('says nothing of a list that nobody asks', async () => {
  await inJourney({ rules: { breached: 'off', bannedWords: [] } }, async (page) => {
    await walkTo(page, 'password')
    expect(await text(page)).not.toMatch(/leaked|company’s words/)
    await walkOnTo(page, 'done')
    expect(await calls(page)).not.toContain('checkLeaked')
  })
})

it('says that the old password still works when the helper itself found the new one on the list', async () => {
  const errors = {
    setPassword: [{ code: 'rules_not_met', refused: ['breached'] }],
  } as const
  await inJourney({ errors }, async (page) => {
    await walkTo(page, 'password')
    await choose(page, goodPassword)
    await arriveAt(page, 'Choose another password')
    const shown = await text(page)
    expect(shown).toContain('That password cannot be taken')
    expect(shown).toContain('It is on the list of leaked passwords')
    expect(shown).not.toContain('old password')
  })
})

it('says when the connection broke in the middle of the write', async () => {
  const errors = { setPassword: [{ code: 'backend_unreachable' }] } as const
  await inJourney({ errors }, async (page) => {
    await walkTo(page, 'password')
    await page.locator('[name="new-password"]').fill(goodPassword)
    await page.locator('[name="repeat-password"]').fill(goodPassword)
    await page.keyboard.press('Enter')
    await arriveAt(page, 'We cannot reach the password service')
    expect(await text(page)).toContain('Your old password may no longer work.')
    await picture(page, 'broken-write')
    await press(page, 'Try again')
    await arriveAt(page, headings.password)
    expect(await page.locator('[name="new-password"]').inputValue()).toBe('')
  })
})

it('tries again when the service cannot be reached, with the name still there', async () => {
  const errors = {
    start: [{ code: 'backend_unreachable' }, { code: 'backend_unreachable' }],
  } as const
  await inJourney({ errors }, async (page) => {
    await typeAndEnter(page, 'amartin')
    await arriveAt(page, 'We cannot reach the password service')
    expect(await focused(page)).toContain('h1 We cannot reach')
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'unreachable')
    await press(page, 'Try again')
    await page.waitForFunction(() => window.scripted.calls.length === 2)
    expect(await focused(page)).toContain('h1 We cannot reach')
    await press(page, 'Try again')
    await arriveAt(page, headings.methods)
  })
})

it('stops hard before a server that is not genuine', async () => {
  await inJourney({ errors: { start: [{ code: 'backend_untrusted' }] } }, async (page) => {
    await typeAndEnter(page, 'amartin')
    await arriveAt(page, 'This connection is not safe')
    expect(await text(page)).toContain('nothing was sent to it')
    await picture(page, 'untrusted')
  })
})

it('sends somebody whose account is not eligible to the helpdesk, with the reason', async () => {
  const errors = {
    prepare: [{ code: 'account_not_eligible', ineligible: 'disabled', requestId: 'req-9KX' }],
  } as const
  await inJourney({ errors }, async (page) => {
    await walkTo(page, 'email')
    await typeAndEnter(page, '654321')
    await arriveAt(page, 'This account is switched off')
    const shown = await text(page)
    expect(shown).toContain('+49\u00a030\u00a01234\u00a0567')
    expect(shown).toContain('req-9KX')
    expect(await page.getByRole('button', { name: /Try again|Start again/ }).count()).toBe(0)
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'not-eligible')
  })
})

it('counts the last two minutes down, aloud now and then, and ends', async () => {
  await inJourney({ lifetimeSeconds: 180 }, async (page) => {
    await page.clock.install()
    await walkTo(page, 'totp')
    expect(await page.getByText('you would have to start again').count()).toBe(0)
    await page.clock.runFor(66_000)
    await page.getByText('you would have to start again').waitFor()
    await page.getByText('You have 2 minutes left.').waitFor({ state: 'attached' })
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'deadline')
    await page.clock.runFor(60_000)
    await page.getByText('You have 1 minute left.').waitFor({ state: 'attached' })
    await page.clock.runFor(60_000)
    await arriveAt(page, 'Time is up')
    expect(await focused(page)).toBe('h1 Time is up')
    await picture(page, 'expired')
    await press(page, 'Start again')
    await arriveAt(page, headings.account)
  })
})

it('does not end an attempt because the clock of the computer is wrong', async () => {
  await inJourney({ lifetimeSeconds: -7200 }, async (page) => {
    await walkTo(page, 'done')
  })
})

it('walks by keyboard alone, with the focus on every heading', async () => {
  await inJourney({}, async (page) => {
    await arriveAt(page, headings.account)
    expect(await focused(page)).toBe('h1 Who are you?')
    await typeAndEnter(page, 'amartin')
    await arriveAt(page, headings.methods)
    expect(await focused(page)).toBe('h1 How do you want to prove it’s you?')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await arriveAt(page, headings.totp)
    expect(await focused(page)).toBe('h1 Prove it’s you · 1 of 2')
    await page.keyboard.press('Tab')
    await typeAndEnter(page, '123 456')
    await arriveAt(page, headings.email)
    expect(await focused(page)).toBe('h1 Prove it’s you · 2 of 2')
    await typeAndEnter(page, '654321')
    await arriveAt(page, headings.password)
    expect(await focused(page)).toBe('h1 Choose a new password')
    await page.keyboard.type(goodPassword)
    for (const _ of ['show', 'repeat']) await page.keyboard.press('Tab')
    await typeAndEnter(page, goodPassword)
    await arriveAt(page, headings.done)
    expect(await focused(page)).toBe('h1 Your new password is set')
    expect(await calls(page)).toEqual([
      ...['start', 'verify', 'challenge', 'verify', 'prepare', 'checkLeaked', 'setPassword'],
    ])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => window.scripted.verbs().includes('leave'))
  })
})

it('goes back with Escape, one screen at a time, and spends nothing twice', async () => {
  await inJourney({}, async (page) => {
    await walkTo(page, 'email')
    await page.getByText(/Sent at/).waitFor()
    await page.keyboard.press('Escape')
    await arriveAt(page, 'What next?')
    expect(await text(page)).toContain('One more proof is needed.')
    await picture(page, 'methods-next')
    await page.keyboard.press('Escape')
    await arriveAt(page, headings.account)
    await page.keyboard.press('Escape')
    await arriveAt(page, headings.account)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await arriveAt(page, 'What next?')
    await press(page, /Code by mail/)
    await arriveAt(page, headings.email)
    await typeAndEnter(page, '654321')
    await arriveAt(page, headings.password)
    await page.locator('[name="new-password"]').fill('half-typed')
    await page.keyboard.press('Escape')
    await arriveAt(page, headings.password)
    await press(page, 'Back')
    await arriveAt(page, 'You have proven it’s you')
    await picture(page, 'methods-done')
    await press(page, 'Continue')
    await arriveAt(page, headings.password)
    expect(await calls(page)).toEqual(['start', 'verify', 'challenge', 'verify', 'prepare'])
  })
})

it('asks before a proof is thrown away, and only then', async () => {
  await inJourney({}, async (page) => {
    await walkTo(page, 'email')
    await press(page, 'Back to the login screen')
    await page.getByRole('alertdialog', { name: 'Leave now?' }).waitFor()
    expect(await focused(page)).toBe('button Stay here')
    expect(await complaintsOfAxe(page)).toEqual([])
    await press(page, 'Stay here')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await arriveAt(page, headings.account)
    await page.locator('[name="account"]').fill('somebody.else')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog', { name: 'Start over with another account?' }).waitFor()
    await press(page, 'Start over')
    await arriveAt(page, headings.methods)
    await press(page, 'Back to the login screen')
    await page.waitForFunction(() => window.scripted.verbs().includes('leave'))
  })
})

it('sends another code only after a moment, and says that only the newest works', async () => {
  await inJourney({}, async (page) => {
    await page.clock.install()
    await walkTo(page, 'email')
    await page.getByText('Only the newest code works.').waitFor()
    const resend = page.getByRole('button', { name: /New code in/ })
    expect(await resend.isDisabled()).toBe(true)
    await page.clock.runFor(31_000)
    await press(page, 'Send a new code')
    await page.getByRole('button', { name: /New code in/ }).waitFor()
    expect((await calls(page)).filter((verb) => verb === 'challenge')).toHaveLength(2)
  })
})

it('unlocks without asking for a password, and offers a new one afterwards', async () => {
  await inJourney({}, async (page) => {
    await page.keyboard.type('amartin')
    await page.getByText('Only unlock my account').click()
    await press(page, 'Continue')
    await press(page, /Authenticator/)
    await arriveAt(page, headings.totp)
    await typeAndEnter(page, '123456')
    await arriveAt(page, headings.email)
    await typeAndEnter(page, '654321')
    await arriveAt(page, 'Your account is unlocked')
    expect(await calls(page)).not.toContain('setPassword')
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'unlocked')
    await press(page, 'I have forgotten my password, too')
    await arriveAt(page, headings.account)
    expect(await page.getByRole('radio', { name: /A new password/ }).isChecked()).toBe(true)
  })
})

it('explains the relay where it is chosen and where it matters', async () => {
  await inJourney({ mode: 'relay' }, async (page) => {
    await walkTo(page, 'password')
    expect(await text(page)).toContain('travels sealed')
    await picture(page, 'relay-password')
    await page.locator('[name="new-password"]').fill(goodPassword)
    await page.locator('[name="repeat-password"]').fill(goodPassword)
    await page.keyboard.press('Enter')
    await arriveAt(page, headings.done)
    expect(await text(page)).toContain('Until it has, it still asks for your old password.')
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'relay-done')
  })
})

it('shows in words what is happening while it writes', async () => {
  await inJourney({ silent: ['setPassword'] }, async (page) => {
    await walkTo(page, 'password')
    await page.locator('[name="new-password"]').fill(goodPassword)
    await page.locator('[name="repeat-password"]').fill(goodPassword)
    await page.keyboard.press('Enter')
    await arriveAt(page, 'Setting your new password')
    await page
      .getByRole('status')
      .filter({ hasText: 'Setting your new password' })
      .waitFor({ state: 'attached' })
    expect(await page.locator('[aria-current="step"]').filter({ hasText: 'Setting' }).count()).toBe(
      1,
    )
    expect(await page.getByRole('button', { name: /Back/ }).count()).toBe(0)
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'writing')
    await page.evaluate(() => window.scripted.report('confirming'))
    await page
      .getByRole('status')
      .filter({ hasText: 'Checking that it works' })
      .waitFor({ state: 'attached' })
  })
})

it('suggests a passphrase that meets the rules and puts it where it can be seen', async () => {
  await inJourney({ rules: { minLength: 30 } }, async (page) => {
    await walkTo(page, 'password')
    await press(page, 'Suggest one for me')
    const phrase = (await page.locator('.suggestion-phrase').textContent()) ?? ''
    expect(phrase.length).toBeGreaterThanOrEqual(30)
    await picture(page, 'suggestion')
    await press(page, 'Use this one')
    const field = page.locator('[name="new-password"]')
    expect(await field.inputValue()).toBe(phrase)
    expect(await field.getAttribute('type')).toBe('text')
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.getByText('Very hard').waitFor()
    await picture(page, 'suggestion-used')
    await press(page, 'Set this password')
    await arriveAt(page, headings.done)
  })
})

it('measures the password on a thread that ends with the screen, and warns in the language on it', async () => {
  await inJourney({ settings: { language: 'de' } }, async (page) => {
    await walkTo(page, 'totp')
    expect(page.workers()).toHaveLength(0)
    await walkOnTo(page, 'password')
    const field = page.locator('[name="new-password"]')
    await field.fill('password')
    await page.getByText('Sehr leicht').waitFor()
    await page.getByText('Dies ist ein sehr häufig verwendetes Passwort.').waitFor()
    await field.fill('')
    await page.getByText('Noch nichts eingegeben').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await field.fill('password')
    await page.getByText('This is a heavily used password.').waitFor()
    expect(page.workers()).toHaveLength(1)
    await walkOnTo(page, 'done')
    expect(page.workers()).toHaveLength(0)
  })
})

it('does without the meter where its worker cannot start', async () => {
  const { page } = await openJourney(browser, site.url)
  await page.route(/strength-worker/, (route) => route.abort())
  await walkTo(page, 'password')
  await page.getByText('How hard it is to guess').waitFor({ state: 'detached' })
  await walkOnTo(page, 'done')
  await page.context().close()
})

it('lets nothing become a worker but its own, whoever asks', async () => {
  const { page } = await openJourney(browser, site.url)
  const outcomes = await page.evaluate(() => {
    type Factory = { createPolicy(name: string, rules: object): object }
    const { trustedTypes } = window as unknown as { trustedTypes: Factory }
    const attempts = [
      () => new Worker('/assets/other.js'),
      () => trustedTypes.createPolicy('mine', { createScriptURL: String }),
      () => trustedTypes.createPolicy('default', { createScriptURL: String }),
    ]
    const outcomeOf = (attempt: () => object) => {
      try {
        attempt()
        return 'done'
      } catch {
        return 'denied'
      }
    }
    // In a task of its own: what the tests run directly is exempt from the policy.
    return new Promise((end) => setTimeout(() => end(attempts.map(outcomeOf))))
  })
  expect(outcomes).toEqual(['denied', 'denied', 'denied'])
  await page.context().close()
})

it('ticks the rules off while somebody types, and says which are left', async () => {
  await inJourney({}, async (page) => {
    await walkTo(page, 'password')
    const rule = (name: RegExp) => page.getByRole('listitem').filter({ hasText: name })
    await page.keyboard.type('martin1')
    await page.getByText('1 of 5 rules met').waitFor({ state: 'attached' })
    await page.locator('[name="new-password"]').fill('Sommer-2024')
    expect(await rule(/At least 12/).textContent()).toContain('Not met yet')
    expect(await rule(/Three of these/).textContent()).toContain('Met')
    expect(await rule(/last 24/).textContent()).toContain('checked at the end')
    await page.getByText('How hard it is to guess').waitFor()
    await press(page, 'Set this password')
    expect(await spokenWith(page, 'new-password')).toContain('look at the list')
    await picture(page, 'rules')
    await page.locator('[name="new-password"]').fill(goodPassword)
    await page.locator('[name="repeat-password"]').fill(`${goodPassword} `)
    await page.keyboard.press('Enter')
    expect(await spokenWith(page, 'repeat-password')).toContain('not the same')
    expect(await calls(page)).not.toContain('setPassword')
  })
})

it('tells browsers and password managers what each field is for', async () => {
  await inJourney({}, async (page) => {
    const purposeOf = (name: string) =>
      page.locator(`[name="${name}"]`).getAttribute('autocomplete')
    expect(await purposeOf('account')).toBe('username')
    await walkTo(page, 'totp')
    expect(await purposeOf('code')).toBe('one-time-code')
    await typeAndEnter(page, '123456')
    await arriveAt(page, headings.email)
    await typeAndEnter(page, '654321')
    await arriveAt(page, headings.password)
    expect(await purposeOf('new-password')).toBe('new-password')
    expect(await purposeOf('repeat-password')).toBe('new-password')
  })
})

it('changes the language on the spot and keeps what was typed', async () => {
  await inJourney({}, async (page) => {
    await page.keyboard.type('amartin')
    await press(page, 'Deutsch')
    await arriveAt(page, 'Wer sind Sie?')
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    expect(await page.title()).toBe('Wer sind Sie? – Northwind Traders')
    expect(await page.locator('[name="account"]').inputValue()).toBe('amartin')
    expect(await page.getByRole('button', { name: 'English' }).getAttribute('lang')).toBe('en')
  })
})

it('loads the dictionaries only when somebody chooses a password', async () => {
  await inJourney({}, async (page) => {
    const loaded = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter((entry) => entry.name.endsWith('.js'))
          .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).decodedBodySize, 0),
      )
    expect(await loaded()).toBeLessThan(440_000)
    await walkTo(page, 'totp')
    expect(await loaded()).toBeLessThan(480_000)
    await typeAndEnter(page, '123456')
    await arriveAt(page, headings.email)
    await typeAndEnter(page, '654321')
    await arriveAt(page, headings.password)
    await page.keyboard.type('x')
    await page.getByText('Very easy').waitFor()
    expect(await loaded()).toBeGreaterThan(2_000_000)
  })
})

it.each(['en', 'de'] as const)(
  'shows every rule and the button of the password screen without scrolling: %s',
  async (language) => {
    const script = { settings: { language }, rules: { mayBeStricter: true } } as const
    await inJourney(
      script,
      async (page) => {
        await walkTo(page, 'password')
        const places = () =>
          page.evaluate(() => {
            const find = (what: string) => document.querySelector(what) as Element
            const box = (what: string) => find(what).getBoundingClientRect()
            const words = document.createRange()
            words.selectNodeContents(find('.field-label'))
            const label = words.getBoundingClientRect()
            const suggest = box('.suggest .button')
            return {
              isButtonIn: box('.button-primary').bottom <= window.innerHeight,
              scrolls: document.documentElement.scrollHeight > window.innerHeight,
              isSuggestionFree:
                suggest.left > label.right && suggest.bottom <= box('.input-group').top,
            }
          })
        const good = { isButtonIn: true, scrolls: false, isSuggestionFree: true }
        expect(await places()).toEqual(good)
        await page.keyboard.type('Kettle-Orbit-Lantern-7')
        expect(await places()).toEqual(good)
        await picture(page, `password-fits-${language}`)
        await page.locator('.suggest .button').click({ timeout: 5_000 })
        await page.locator('.suggestion').waitFor()
        await picture(page, `password-suggested-${language}`)
      },
      // The default window less its title bar, where that is tall.
      { width: 880, height: 720 },
    )
  },
)

it.concurrent.each(['en', 'de'] as const)(
  'shows every method at once in the helper’s window: %s',
  async (language) => {
    const script: Script = { settings: { language }, methods: [...methodKinds] }
    const { page } = await openJourney(browser, site.url, script, { width: 880, height: 760 })
    await typeAndEnter(page, 'amartin')
    await arriveAt(page, headings.methods)
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, `every-method-${language}`)
    const last = await page.locator('button.method').last().boundingBox()
    expect((last?.y ?? 999) + (last?.height ?? 999)).toBeLessThan(760)
    await page.context().close()
  },
)

it('does not wait longer for a key than the backend does', async () => {
  const url = site.url.replace('127.0.0.1', 'localhost')
  const { page, complaints } = await openJourney(browser, url, { methods: ['securityKey', 'totp'] })
  const key = await addVirtualAuthenticator(page, { transport: 'usb' })
  await key.isTouched(false)
  await page.clock.install()
  await typeAndEnter(page, 'amartin')
  await press(page, /Security key/)
  await page.getByText('Waiting for your security key').waitFor()
  await page.clock.runFor(301_000)
  await page.getByText('That took too long').waitFor()
  expect(await calls(page)).toEqual(['start', 'challenge'])
  expect(complaints).toEqual([])
  await page.context().close()
})

const keyLooks: Record<string, Look & { language: 'en' | 'de' }> = {
  light: { language: 'en' },
  dark: { language: 'de', colorScheme: 'dark' },
  contrast: { language: 'en', forcedColors: 'active' },
  narrow: { language: 'de', width: 320, height: 640 },
  'right-to-left': { language: 'en', rtl: true },
}

it.concurrent.each(Object.entries(keyLooks))(
  'asks for passkeys and keys, and says what became of it: %s',
  async (name, { language, ...look }) => {
    const refused = { code: 'proof_refused', attemptsLeft: 4 } as const
    const script: Script = {
      ...{ settings: { language }, methods: ['passkey', 'securityKey', 'email'] },
      errors: { verify: [refused] },
    }
    // An address of numbers has no authenticators.
    const url = site.url.replace('127.0.0.1', 'localhost')
    const { page, complaints } = await openJourney(browser, url, script, look)
    const see = async (screen: string) => {
      expect(await complaintsOfAxe(page), screen).toEqual([])
      expect(await overflows(page), screen).toBe(false)
      await picture(page, `${name}-${screen}`)
    }
    await typeAndEnter(page, 'amartin')
    await page.locator('button.method').first().click()
    await page.locator('.notice-warning').waitFor()
    await see('passkey-none-here')
    await page.locator('.button-primary').click()
    const key = await addVirtualAuthenticator(page, { transport: 'usb' })
    await key.isTouched(false)
    await page.locator('button.method').nth(1).click()
    await page.locator('.notice-info').waitFor()
    await see('security-key-waiting')
    await page.locator('.actions .button-secondary').click()
    await page.locator('.notice-warning').waitFor()
    await see('security-key-nothing')
    await key.carry(newCredential('localhost'))
    await key.isTouched(true)
    await page.locator('.button-primary').click()
    await page.locator('.notice-error').waitFor()
    await see('security-key-refused')
    await page.locator('.button-primary').click()
    await page.locator('button.method').first().waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

const looks: Record<string, Look & { script?: Script }> = {
  light: {},
  dark: { colorScheme: 'dark' },
  contrast: { forcedColors: 'active' },
  'contrast-dark': { forcedColors: 'active', colorScheme: 'dark' },
  german: { script: { settings: { language: 'de' } } },
  narrow: { width: 320, height: 640 },
  'narrow-german-dark': {
    ...{ width: 320, height: 640, colorScheme: 'dark' },
    script: { settings: { language: 'de' } },
  },
  // A window of 1280 × 720 at 200 %.
  zoomed: { width: 640, height: 360 },
  'right-to-left': { rtl: true },
  window: { width: 880, height: 760 },
  wide: { width: 1920, height: 1080 },
}

it.concurrent.each(Object.entries(looks))(
  'is accessible and in one piece on every screen: %s',
  async (name, look) => {
    const { script = {}, ...media } = look
    await inJourney(
      script,
      async (page) => {
        await walkTo(page, 'done', async (place) => {
          if (place === 'password') await page.keyboard.type('Sommer-2024')
          if (place === 'password') await page.waitForTimeout(700)
          expect(await complaintsOfAxe(page)).toEqual([])
          expect(await overflows(page)).toBe(false)
          await picture(page, `${name}-${place}`)
        })
      },
      media,
    )
  },
)

it.concurrent.each(['light', 'narrow-german-dark', 'contrast', 'zoomed'])(
  'shows the number for the phone, and what the phone says to it: %s',
  async (name) => {
    const { script = {}, ...media } = looks[name] ?? {}
    const isGerman = script.settings?.language === 'de'
    const look = async (page: Page, place: string) => {
      expect(await complaintsOfAxe(page), place).toEqual([])
      expect(await overflows(page), place).toBe(false)
      await picture(page, `${name}-phone-${place}`)
    }
    const toPhone = async (page: Page) => {
      await walkTo(page, 'methods')
      await page.getByRole('button', { name: /^Latchkey/ }).click()
    }
    const push: Script = { ...script, methods: ['push', 'totp'] }
    await inJourney(
      push,
      async (page) => {
        await toPhone(page)
        const spoken = page.getByRole('status').filter({ hasText: '4 7' })
        await spoken.waitFor()
        expect(await page.locator('input').count()).toBe(0)
        await look(page, 'number')
      },
      media,
    )
    await inJourney(
      { ...push, phone: ['wrong'] },
      async (page) => {
        await toPhone(page)
        await page
          .getByText(isGerman ? 'Das war nicht die Zahl' : 'That was not the number')
          .waitFor()
        await look(page, 'wrong')
        await press(page, isGerman ? 'Neue Zahl zeigen' : 'Show a new number')
        await page.locator('.big-number').waitFor()
      },
      media,
    )
    await inJourney(
      { ...push, phone: ['denied'] },
      async (page) => {
        await toPhone(page)
        await arriveAt(page, /This wasn’t me|Das war ich nicht/)
        await look(page, 'denied')
      },
      media,
    )
  },
)

it('says that the time for the number is over, and waits before it shows another one', async () => {
  await inJourney({ methods: ['push', 'totp'] }, async (page) => {
    await page.clock.install()
    await walkTo(page, 'methods')
    await page.getByRole('button', { name: /^Latchkey/ }).click()
    await page.locator('.big-number').waitFor()
    const again = page.getByRole('button', { name: /new number/i })
    expect(await again.isDisabled()).toBe(true)
    await page.clock.runFor(21_000)
    expect(await again.isDisabled()).toBe(false)
    await page.clock.runFor(100_000)
    await page.getByText('The time for this number is over').waitFor()
    expect(await page.locator('.big-number').count()).toBe(0)
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, 'phone-expired')
  })
})
