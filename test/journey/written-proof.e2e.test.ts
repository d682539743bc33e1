import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { buildHarness, serve } from './harness/build.ts'
import { type Look, launchChromium, openJourney, overflows, picture } from './harness/chromium.ts'
import { walkTo } from './harness/walk.ts'

// The field for codes from paper, in every look. What is typed into it is tested on real parts.

let folder: string
let site: Awaited<ReturnType<typeof serve>>
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-written-'))
  await buildHarness(folder)
  site = await serve(folder)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await rm(folder, { recursive: true, force: true })
})

const looks: Record<string, Look & { language?: 'de' }> = {
  dark: { colorScheme: 'dark' },
  contrast: { forcedColors: 'active' },
  'narrow-german': { width: 320, height: 640, language: 'de' },
  'right-to-left': { rtl: true },
}

it.concurrent.each(Object.entries(looks))(
  'is accessible and in one piece: %s',
  async (name, { language, ...look }) => {
    const settings = language === undefined ? {} : { settings: { language } }
    const script = { methods: ['recoveryCode', 'temporaryPass', 'totp'] as const, ...settings }
    const { page, complaints } = await openJourney(
      browser,
      site.url,
      { ...script, methods: [...script.methods] },
      look,
    )
    const check = async (place: string) => {
      expect(await complaintsOfAxe(page), place).toEqual([])
      expect(await overflows(page), place).toBe(false)
      await picture(page, `${name}-written-${place}`)
    }
    await walkTo(page, 'methods')
    await check('choice')
    await page.locator('button.method').first().click()
    const field = page.locator('[name="code"]')
    await field.waitFor()
    await check('empty')
    await field.fill('0AZEG-AMBKT-FT8AX')
    await page.keyboard.press('Enter')
    await page.locator('[aria-invalid="true"]').waitFor()
    await check('mistyped')
    // All of it can be seen while it is typed.
    expect(await field.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  },
)
