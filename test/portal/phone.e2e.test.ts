import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchPhoneBrowser, newPhonePage, shownNumber } from '../e2e/phone.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { uniqueName } from '../helpers/lab.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { overflows, picture } from '../journey/harness/chromium.ts'
import { signIn, typeAndEnter } from './visit.ts'

// Every screen of a phone, and the portal's about it, in every look.

type PhoneLook = Pick<BrowserContextOptions, 'colorScheme' | 'forcedColors'> & {
  width: number
  language?: 'en' | 'de'
  rtl?: boolean
}

const looks: Record<string, PhoneLook> = {
  'light-en': { width: 390 },
  'narrow-dark-de': { width: 320, colorScheme: 'dark', language: 'de' },
  'forced-right-to-left': { width: 390, forcedColors: 'active', rtl: true },
}

let stack: Stack
let browser: Browser

beforeAll(async () => {
  const policy = { methods: ['push', 'totp', 'email'] }
  const limits = { requestsFromAddress: 100_000 }
  stack = await openStack({ sections: { policy, limits } })
  browser = await launchPhoneBrowser(stack)
})

afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const heading = (page: Page) => page.locator('h1:visible').textContent()

/** Does something, and waits until another screen is there. */
async function onwards(page: Page, act: () => Promise<unknown>): Promise<void> {
  const before = await heading(page)
  await act()
  await expect.poll(() => heading(page), { timeout: 15_000 }).not.toBe(before)
}

const primary = (page: Page) => page.locator('.screen:visible .button-primary').click()

describe.each(Object.entries(looks))('%s', (name, look) => {
  it('every screen is whole and accessible', async () => {
    const { width, language = 'en', rtl = false, ...media } = look
    const user = uniqueName('phone')
    const { password } = await stack.lab.directory.createUser({ name: user })
    const {
      page: phone,
      complaints,
      close,
    } = await newPhonePage(browser, {
      ...{ width, language },
      ...(media.colorScheme === 'dark' ? { colorScheme: 'dark' as const } : {}),
    })
    await phone.emulateMedia({ reducedMotion: 'reduce', ...media })
    const context = await browser.newContext({
      viewport: { width: width === 320 ? 320 : 1100, height: 860 },
      ...{ locale: language, reducedMotion: 'reduce', ignoreHTTPSErrors: true, ...media },
    })
    const portal = await context.newPage()
    const check = async (page: Page, screen: string) => {
      if (rtl) await page.evaluate(() => Object.assign(document.documentElement, { dir: 'rtl' }))
      await picture(page, `phone/${name}/${screen}`)
      expect(await complaintsOfAxe(page), screen).toEqual([])
      expect(await overflows(page), screen).toBe(false)
    }
    try {
      await phone.goto(`${stack.backend.origin}/portal/phone-app/`)
      await phone.locator('h1').waitFor()
      await check(phone, '01-unpaired')
      await typeAndEnter(phone, 'link', 'https://example.com/')
      await phone.locator('[name="link"][aria-invalid="true"]').waitFor()

      await portal.goto(`${stack.backend.origin}/portal/#phone`)
      await portal.locator('h1').waitFor()
      await onwards(portal, () => signIn(portal, user, password))
      await check(portal, '02-portal-begin')
      await onwards(portal, () => primary(portal))
      await portal.locator('.by-hand summary').click()
      await typeAndEnter(portal, 'number', '42')
      await portal.locator('[name="number"][aria-invalid="true"]').waitFor()
      await check(portal, '03-portal-pair')

      const link = (await portal.locator('.phone-link').textContent()) ?? ''
      await onwards(phone, () => typeAndEnter(phone, 'link', link))
      await check(phone, '04-pair')
      await onwards(phone, () => primary(phone))
      await check(phone, '05-compare')
      const number = await shownNumber(phone)
      await onwards(phone, () => onwards(portal, () => typeAndEnter(portal, 'number', number)))
      await check(portal, '06-portal-done')
      await check(phone, '07-ready')

      await signOut(portal)
      await onwards(portal, () => signIn(portal, user, password))
      const ask = async () => {
        await portal.goto(`${stack.backend.origin}/portal/#authenticator`)
        await onwards(portal, () => typeAndEnter(portal, 'label', 'App'))
        await onwards(phone, () => primary(portal))
        await portal.locator('.big-number').waitFor()
      }
      await ask()
      await check(portal, '08-portal-step-up')
      await check(phone, '09-question')
      await primary(phone)
      await phone.locator('[name="number"][aria-invalid="true"]').waitFor()
      await check(phone, '10-question-missing')
      const shown = await shownNumber(portal)
      await onwards(phone, () => typeAndEnter(phone, 'number', shown === '99' ? '10' : '99'))
      await check(phone, '11-wrong')
      await portal.locator('.notice-warning').waitFor()
      await check(portal, '12-portal-wrong')
      await onwards(phone, () => phone.locator('.actions .button').click())
      await onwards(phone, () => primary(portal))
      await portal.locator('.big-number').waitFor()
      await onwards(phone, () => phone.locator('.button-danger').click())
      await check(phone, '13-denied')
      // Every session has ended with that.
      await portal.locator('[name="account"]').waitFor({ timeout: 15_000 })
      expect(complaints).toEqual([])
    } finally {
      await context.close()
      await close()
    }
  })
})

it('a phone that was removed says so', async () => {
  const { page, close } = await newPhonePage(browser)
  await page.goto(`${stack.backend.origin}/portal/phone-app/`)
  await page.locator('h1').waitFor()
  await page.evaluate(async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign'])
    const { x, y } = await crypto.subtle.exportKey('jwk', publicKey)
    const key = { privateKey, publicJwk: { kty: 'EC', crv: 'P-256', x, y } }
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('latchkey-phone', 1)
      request.onsuccess = () => resolve(request.result)
    })
    await new Promise((resolve) => {
      const transaction = database.transaction('keys', 'readwrite')
      transaction.objectStore('keys').put(key, 'own')
      transaction.oncomplete = resolve
    })
  })
  await page.reload()
  await page.getByText('This phone is not connected any more').waitFor()
  await picture(page, 'phone/gone')
  expect(await complaintsOfAxe(page)).toEqual([])
  await close()
})

async function signOut(page: Page): Promise<void> {
  await onwards(page, () => page.locator('.page-tools button').last().click())
}
