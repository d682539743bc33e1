import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import type { Script } from '../scripted-bridge.ts'

export type Look = Pick<BrowserContextOptions, 'colorScheme' | 'forcedColors' | 'reducedMotion'> & {
  width?: number
  height?: number
  /** The page is laid out from right to left. */
  rtl?: boolean
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
}

/** A page on a scripted world, with everything that the browser complains about. */
export async function openJourney(
  browser: Browser,
  url: string,
  script: Script = {},
  look: Look = {},
): Promise<{ page: Page; complaints: string[] }> {
  const { width = 1280, height = 860, rtl = false, ...media } = look
  // Half-faded text is neither for axe nor for pictures.
  const settings = { viewport: { width, height }, reducedMotion: 'reduce' as const, ...media }
  const context = await browser.newContext(settings)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.addInitScript((given) => Object.assign(window, { script: given }), script)
  await page.goto(url)
  await page.locator('h1').waitFor()
  if (rtl) await page.evaluate(() => Object.assign(document.documentElement, { dir: 'rtl' }))
  return { page, complaints }
}

const pictureFolder = join(import.meta.dirname, '../../../test-results/screens')

/** Takes a picture of the whole page for people to look at. */
export async function picture(page: Page, name: string, { fullPage = true } = {}): Promise<void> {
  await mkdir(pictureFolder, { recursive: true })
  await page.screenshot({
    path: join(pictureFolder, `${name}.png`),
    fullPage,
    animations: 'disabled',
  })
}

/** The text of the element that has the focus. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return `${element?.tagName.toLowerCase()} ${element?.textContent ?? ''}`
      .replaceAll(/\s+/g, ' ')
      .trim()
  })
}

/** True when something sticks out of the window sideways. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
}
