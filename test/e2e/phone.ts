import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Browser, chromium, devices, type Page } from 'playwright'
import type { Employee } from '../../scripts/lab/employee.ts'
import { sha256 } from '../../src/sealing/random.ts'
import type { Stack } from '../helpers/stack.ts'
import { arriveAt, press, signIn, typeAndEnter } from '../portal/visit.ts'

/** A browser that trusts the lab's backend without any warning, as a phone with a real certificate. */
export function launchPhoneBrowser({ lab }: Stack): Promise<Browser> {
  const { publicKey } = new X509Certificate(readFileSync(lab.serverCertificate.certFile))
  const pin = sha256(publicKey.export({ type: 'spki', format: 'der' })).toString('base64')
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
      `--ignore-certificate-errors-spki-list=${pin}`,
    ],
  })
}

export type PhoneLook = {
  language?: 'en' | 'de'
  colorScheme?: 'light' | 'dark'
  width?: number
}

/** A phone of its own: another browser profile, with a screen of a phone. */
export async function newPhonePage(browser: Browser, look: PhoneLook = {}) {
  const { language = 'en', colorScheme = 'light', width = 390 } = look
  const context = await browser.newContext({
    ...devices['Pixel 7'],
    viewport: { width, height: 780 },
    ...{ locale: language, colorScheme, reducedMotion: 'reduce', ignoreHTTPSErrors: true },
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    const isRefusal = message.text().startsWith('Failed to load resource')
    // A profile of its own is one without push for Chromium: the phone says that it cannot ring.
    const isIncognito = message.text().includes('Push API in incognito mode')
    const isOurs = !isRefusal && !isIncognito
    if (message.type() === 'error' && isOurs) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, complaints, close: () => context.close() }
}

/** Signs in to the portal and goes as far as the link that pairs a phone. */
export async function openPairing(
  portal: Page,
  { backend }: Stack,
  employee: Employee,
): Promise<string> {
  await portal.goto(`${backend.origin}/portal/`)
  await signIn(portal, employee.account, employee.password)
  await arriveAt(portal, 'Your ways back in')
  await portal.getByRole('button', { name: /^Latchkey on your phone/ }).click()
  await arriveAt(portal, 'Add Latchkey on your phone')
  await press(portal, 'Show the picture to scan')
  await arriveAt(portal, 'First, prove that it is you')
  await typeAndEnter(portal, 'code', await employee.code())
  await arriveAt(portal, 'Connect your phone')
  await portal.locator('.by-hand summary').click()
  return (await portal.locator('.phone-link').textContent()) ?? ''
}

/** The two digits that a page shows. */
export async function shownNumber(page: Page): Promise<string> {
  return (await page.locator('.big-number-digits span').first().textContent()) ?? ''
}

/** Pairs a phone, from the portal's sign-in to "nothing to do" on the phone. */
export async function pairPhone(
  portal: Page,
  phone: Page,
  stack: Stack,
  employee: Employee,
): Promise<void> {
  await phone.goto(await openPairing(portal, stack, employee))
  await arriveAt(phone, 'Connect this phone?')
  await press(phone, 'Connect')
  await arriveAt(phone, 'Type this number on your computer')
  await typeAndEnter(portal, 'number', await shownNumber(phone))
  await arriveAt(portal, 'Your ways back in')
  await arriveAt(phone, 'Nothing to do right now')
}
