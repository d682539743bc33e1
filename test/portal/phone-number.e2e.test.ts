import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SmsProvider } from '../../scripts/lab/sms-provider.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { openLab, uniqueName } from '../helpers/lab.ts'
import { newNumber, startSmsLab, textedCode } from '../helpers/sms.ts'
import { overflows, picture } from '../journey/harness/chromium.ts'
import {
  arriveAt,
  openPortal,
  type Portal,
  type PortalLook,
  signIn,
  spokenWith,
  typeAndEnter,
} from './visit.ts'

// Setting a mobile number up, in the looks that differ most: pictures for people, axe for the rest.

const looks: Record<string, PortalLook> = {
  'light-en': {},
  'narrow-dark-de': { width: 320, height: 640, colorScheme: 'dark', language: 'de' },
  forced: { forcedColors: 'active' },
  'right-to-left': { rtl: true, width: 900 },
}

let portal: Portal
let provider: SmsProvider

beforeAll(async () => {
  const sms = await startSmsLab(await openLab())
  provider = sms.provider
  portal = await openPortal({ sms: sms.twilio, policy: { methods: ['totp', 'sms', 'email'] } })
})

afterAll(async () => {
  await portal?.stop()
  await provider?.stop()
})

const goTo = (page: Page, place: string) =>
  page.evaluate((hash) => {
    window.location.hash = hash
  }, place)
const isRefused = (page: Page, name: string) =>
  page.locator(`[name="${name}"][aria-invalid="true"]`).waitFor()

describe.each(Object.entries(looks))('%s', (name, look) => {
  it('a number is set up by keyboard alone, and then opens changes', async () => {
    const account = uniqueName('num')
    const { password } = await portal.stack.lab.directory.createUser({ name: account })
    const number = newNumber()
    const { page, complaints, close } = await portal.visit(look)
    const check = async (screen: string) => {
      await picture(page, `portal/${name}/${screen}`)
      expect(await complaintsOfAxe(page), screen).toEqual([])
      expect(await overflows(page), screen).toBe(false)
    }
    try {
      await signIn(page, account, password)
      await page.locator('.readiness').waitFor()
      await goTo(page, 'number')
      await page.locator('[name="number"]').waitFor()
      await check('number')
      await typeAndEnter(page, 'number', '+44 7400 123456')
      await isRefused(page, 'number')
      expect(await spokenWith(page, 'number')).toMatch(/country|Land/)
      await check('number-refused')
      await typeAndEnter(page, 'number', `0${number.slice(3, 6)} ${number.slice(6)}`)
      await page.locator('[name="code"]').waitFor()
      const shown = (await page.locator('.address').textContent()) ?? ''
      expect(shown.replaceAll(' ', '')).toBe(number)
      await check('number-code')
      const code = await textedCode(provider, number)
      await typeAndEnter(page, 'code', code === '000000' ? '000001' : '000000')
      await isRefused(page, 'code')
      await typeAndEnter(page, 'code', code)
      await page.locator('.own-method').waitFor()
      expect(await page.locator('.own-method').textContent()).toContain(number.slice(-2))
      await check('number-added')
      await page.locator('.page-tools button').last().click()
      await page.locator('[name="account"]').waitFor()
      await signIn(page, account, password)
      await page.locator('.own-method').waitFor()
      await goTo(page, 'authenticator')
      await typeAndEnter(page, 'label', 'Mein Telefon')
      await arriveAt(page, /^(First, prove|Zeigen Sie zuerst)/)
      await page.locator('.screen:visible .button-primary').click()
      await page.locator('.notice-info').waitFor()
      await check('step-up-number')
      expect(complaints).toEqual([])
    } finally {
      await close()
    }
  })
})

it('a number that does not exist is told apart from one that is not allowed', async () => {
  const account = uniqueName('num')
  const { password } = await portal.stack.lab.directory.createUser({ name: account })
  const { page, close } = await portal.visit()
  try {
    await signIn(page, account, password)
    await page.locator('.readiness').waitFor()
    await goTo(page, 'number')
    await arriveAt(page, 'Add a mobile number')
    for (const [typed, said] of [
      ['', 'Type your mobile number first.'],
      ['my phone', 'There is no such number.'],
      ['0170 12', 'There is no such number.'],
      ['0900 1234567', 'We cannot send messages there.'],
    ] as const) {
      await typeAndEnter(page, 'number', typed)
      await expect.poll(() => spokenWith(page, 'number')).toContain(said)
    }
  } finally {
    await close()
  }
})

it('a number that was confirmed long ago is asked about, where the organisation wants that', async () => {
  const { backend, lab } = portal.stack
  const { output } = await backend.cli('policy', 'export')
  const file = join(lab.folder, uniqueName('policy'))
  writeFileSync(file, output.replaceAll('"reconfirmDays": null', '"reconfirmDays": 180'))
  expect((await backend.cli('policy', 'apply', file, '--reason', 'numbers move on')).code).toBe(0)
  const account = uniqueName('num')
  const { password } = await lab.directory.createUser({ name: account })
  const number = newNumber()
  const { page, close } = await portal.visit()
  try {
    await signIn(page, account, password)
    await page.locator('.readiness').waitFor()
    await goTo(page, 'number')
    await typeAndEnter(page, 'number', number)
    await page.locator('[name="code"]').waitFor()
    await typeAndEnter(page, 'code', await textedCode(provider, number))
    await page.locator('.own-method').waitFor()
    const card = page.locator('.own-method')
    expect(await card.textContent()).not.toContain('Confirmed a long time ago')
    const store = new DatabaseSync(join(dirname(backend.configFile), 'latchkey.sqlite'))
    const long = Date.now() - 181 * 24 * 3_600_000
    store.exec('pragma busy_timeout = 5000')
    const label = `%${number.slice(-2)}`
    store
      .prepare('update methods set confirmed_at = ?, last_used_at = null where label like ?')
      .run(long, label)
    store.close()
    await page.reload()
    await expect.poll(() => card.textContent()).toContain('Confirmed a long time ago')
    await picture(page, 'portal/light-en/number-long-ago')
    expect(await complaintsOfAxe(page)).toEqual([])
  } finally {
    await close()
  }
})
