import { generate } from 'otplib'
import type { Browser, Page } from 'playwright'
import { openStack, type Stack } from '../helpers/stack.ts'
import { type Look, launchChromium } from '../journey/harness/chromium.ts'

/** Somebody at a browser, in front of the portal. */
export interface Visit {
  page: Page
  /** What the browser complained about: scripts, styles and content security, not refusals. */
  complaints: string[]
  close(): Promise<void>
}

const stepMs = 30_000

export type PortalLook = Look & { language?: 'en' | 'de' }

/** A backend whose portal may be visited, and a browser. */
export interface Portal {
  stack: Stack
  /** Opens the portal in a profile of its own. */
  visit(look?: PortalLook): Promise<Visit>
  stop(): Promise<void>
}

/**
 * Starts both, for the tests of one file.
 *
 * @param sections - laid over the backend's configuration
 */
export async function openPortal(
  sections: Record<string, Record<string, unknown>> = {},
): Promise<Portal> {
  const limits = { requestsFromAddress: 100_000 }
  const stack = await openStack({ sections: { limits, ...sections } })
  const browser = await launchChromium()
  return {
    stack,
    visit: (look = {}) => visit(browser, stack.backend.origin, look),
    async stop() {
      await browser.close()
      await stack.stop()
    },
  }
}

async function visit(browser: Browser, origin: string, look: PortalLook): Promise<Visit> {
  const { width = 1280, height = 860, rtl = false, language = 'en', ...media } = look
  const context = await browser.newContext({
    viewport: { width, height },
    // Half-faded text is neither for axe nor for pictures.
    reducedMotion: 'reduce',
    locale: language,
    // The lab's authority is trusted by tests that verify it; Chromium has a store of its own.
    ignoreHTTPSErrors: true,
    permissions: ['clipboard-read', 'clipboard-write'],
    ...media,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${origin}/portal/`)
  await page.locator('h1').waitFor()
  if (rtl) await page.evaluate(() => Object.assign(document.documentElement, { dir: 'rtl' }))
  return { page, complaints, close: () => context.close() }
}

/** Waits for the screen with this heading. */
export function arriveAt(page: Page, heading: string | RegExp): Promise<void> {
  return page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

/** Presses the button with exactly this name. */
export function press(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click()
}

/** Types into the field with this name and presses Enter. */
export async function typeAndEnter(page: Page, field: string, text: string): Promise<void> {
  await page.locator(`[name="${field}"]:visible`).fill(text)
  await page.keyboard.press('Enter')
}

export async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.locator('[name="account"]').fill(account)
  await typeAndEnter(page, 'password', password)
}

/** The seed that the page shows for typing it by hand. */
export async function readKey(page: Page): Promise<string> {
  await page.locator('.by-hand summary').click()
  return (
    ((await page.locator('.key').textContent()) ?? '').split(':').at(-1)?.replaceAll(/\s/g, '') ??
    ''
  )
}

/**
 * The code that an authenticator shows, `steps` time steps from now. A step is good once, so tests that
 * need two codes take the one before first.
 */
export function codeOf(seed: string, steps = 0): Promise<string> {
  return generate({ secret: seed, epoch: Math.floor((Date.now() + steps * stepMs) / 1000) })
}

/** What a screen reader says with the field. */
export function spokenWith(page: Page, name: string): Promise<string> {
  return page.locator(`[name="${name}"]:visible`).evaluate((field) => {
    const ids = (field.getAttribute('aria-describedby') ?? '').split(' ')
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
  })
}
