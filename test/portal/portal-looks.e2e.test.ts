import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailedCode } from '../../scripts/lab/employee.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { uniqueName } from '../helpers/lab.ts'
import { overflows, picture } from '../journey/harness/chromium.ts'
import { openPortal, type Portal, type PortalLook, signIn, typeAndEnter } from './visit.ts'

// Every screen in every look: nothing for axe to complain about, nothing wider than the window, and
// a picture for people to look at.

const looks: Record<string, PortalLook> = {
  'light-en': {},
  'dark-de': { colorScheme: 'dark', language: 'de' },
  'narrow-de': { width: 320, height: 640, language: 'de' },
  'narrow-dark-en': { width: 320, height: 640, colorScheme: 'dark' },
  forced: { forcedColors: 'active' },
  'right-to-left': { rtl: true, width: 900 },
  'tablet-de': { width: 840, height: 1100, language: 'de' },
}

let portal: Portal

beforeAll(async () => {
  portal = await openPortal()
})

afterAll(() => portal?.stop())

describe.each(Object.entries(looks))('%s', (name, look) => {
  it('every screen is whole and accessible', async () => {
    const lab = portal.stack.lab.directory
    // The README shows the first look; the others have to cope with a name that is hard to fit.
    const isShown = name === 'light-en'
    const user = isShown ? 'e.example' : uniqueName('look')
    const { password } = await lab.createUser({
      name: user,
      displayName: isShown ? 'Erika Example' : 'Dr. Wolfeschlegelsteinhausenbergerdorff-Ööhland',
    })
    const employee = await portal.stack.hire()
    const { page, complaints, close } = await portal.visit(look)
    const check = async (screen: string) => {
      await picture(page, `portal/${name}/${screen}`)
      expect(await complaintsOfAxe(page), screen).toEqual([])
      expect(await overflows(page), screen).toBe(false)
    }
    try {
      await check('sign-in')
      await walkNew(page, user, password, check)
      await walkReady(page, employee, check)
      expect(complaints).toEqual([])
    } finally {
      await close()
    }
  })
})

type Check = (screen: string) => Promise<void>

const heading = (page: Page) => page.locator('h1:visible').textContent()

/** Does something, and waits until another screen is there. */
async function onwards(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await heading(page)
  await act()
  await expect.poll(() => heading(page)).not.toBe(before)
}

async function walkNew(page: Page, user: string, password: string, check: Check) {
  await onwards(page, () => signIn(page, user, password))
  await check('home-nothing')
  await onwards(page, () => page.locator('button.method').first().click())
  await check('authenticator')
  await onwards(page, () => typeAndEnter(page, 'label', 'Mein Telefon'))
  await page.locator('.by-hand summary').click()
  await check('connect')
  await typeAndEnter(page, 'code', '000000')
  await page.locator('[name="code"][aria-invalid="true"]').waitFor()
  await check('connect-refused')
  await page.goto(`${portal.stack.backend.origin}/portal/#mail`)
  await page.locator('[name="address"]').waitFor()
  await check('mail')
  const address = `${user}@a-rather-long-name.home.example`
  await onwards(page, () => typeAndEnter(page, 'address', address))
  await check('mail-code')
  const code = await mailedCode(portal.stack.lab.mail, address)
  await onwards(page, () => typeAndEnter(page, 'code', code))
  await signOut(page)
  await check('signed-out')
  // A mailbox alone still opens changes, as long as there is nothing stronger.
  await onwards(page, () => signIn(page, user, password))
  await page.goto(`${portal.stack.backend.origin}/portal/#authenticator`)
  await onwards(page, () => typeAndEnter(page, 'label', 'Mein Telefon'))
  await page.locator('.screen:visible .button-primary').click()
  await page.locator('.notice-info').waitFor()
  await check('step-up-mail')
  await signOut(page)
}

async function walkReady(
  page: Page,
  employee: { account: string; password: string },
  check: Check,
) {
  await onwards(page, () => signIn(page, employee.account, employee.password))
  await page.evaluate(() => {
    window.location.hash = ''
  })
  await page.locator('.readiness-ready').waitFor()
  await check('home-ready')
  await page.locator('.own-method button').first().click()
  await page.getByRole('alertdialog').waitFor()
  await check('remove')
  await page.keyboard.press('Escape')
  await onwards(page, () => page.locator('.portal-section button.button-quiet').last().click())
  await check('lost')
  await onwards(page, () => page.locator('.screen-back button').click())
  await page.locator('.own-method button').first().click()
  await onwards(page, () => page.locator('.dialog .button-danger').click())
  await check('step-up')
}

function signOut(page: Page): Promise<void> {
  return onwards(page, () => page.locator('.page-tools button').last().click())
}
