import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { methodKinds } from '../../src/contract/method-kinds.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { uniqueName } from '../helpers/lab.ts'
import { addVirtualAuthenticator } from '../helpers/virtual-authenticator.ts'
import { overflows, picture } from '../journey/harness/chromium.ts'
import {
  arriveAt,
  codeOf,
  openPortal,
  type Portal,
  type PortalLook,
  press,
  readKey,
  signIn,
  typeAndEnter,
} from './visit.ts'

// The first visit of somebody who may set up everything, and the day when their phone is gone.

let portal: Portal

beforeAll(async () => {
  const methods = methodKinds.filter((kind) => kind !== 'sms')
  portal = await openPortal({ policy: { methods } })
})

afterAll(() => portal?.stop())

async function newcomer(look?: PortalLook) {
  const name = uniqueName('first')
  const { directory } = portal.stack.lab
  const { password } = await directory.createUser({ name, displayName: 'Erika Example' })
  const visit = await portal.visit(look)
  await signIn(visit.page, name, password)
  await visit.page.locator('.readiness').waitFor()
  return { ...visit, account: name, password }
}

/** What is advised, as opposed to what is offered besides. */
const advised = (page: Page) =>
  page.locator('[aria-labelledby="add-methods"] > .portal-list .choice-title').allTextContents()

async function addPasskey(page: Page): Promise<void> {
  await addVirtualAuthenticator(page)
  await page.getByRole('button', { name: /^Passkey/ }).click()
  await page.locator('[name="label"]:visible').fill('This computer')
  await page.keyboard.press('Enter')
  await page.getByText('Your passkey is set up.').waitFor()
}

async function addApp(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = 'authenticator'
  })
  await typeAndEnter(page, 'label', 'My phone')
  await page.locator('.by-hand').waitFor()
  await typeAndEnter(page, 'code', await codeOf(await readKey(page), -1))
  await page.getByText('Your authenticator app is connected.').waitFor()
}

it('advises what is safe, and goes on until one could recover', async () => {
  const { page, complaints, close } = await newcomer()
  await page.getByRole('heading', { name: 'Begin with one of these' }).waitFor()
  expect(await advised(page)).toEqual(['Passkey', 'Latchkey on your phone'])
  await page.getByText('Other ways').click()
  expect(await page.locator('.portal-others .choice-title').allTextContents()).toEqual([
    'Security key',
    'Authenticator app',
    'Recovery codes',
    'Private mail address',
  ])
  await addPasskey(page)
  await page.getByRole('heading', { name: 'What we would add next' }).waitFor()
  expect(await advised(page)).toEqual(['Latchkey on your phone', 'Authenticator app'])
  await addApp(page)
  await page.getByRole('heading', { name: 'You could recover today' }).waitFor()
  expect(complaints).toEqual([])
  await close()
})

it('a lost phone is stopped at once, with a warning, and everything else goes on', async () => {
  const { page, close } = await newcomer()
  await addPasskey(page)
  await addApp(page)
  await press(page, 'Lost a phone, a key or your codes?')
  await arriveAt(page, 'What is gone?')
  const box = (name: RegExp) => page.getByRole('checkbox', { name })
  expect(await box(/^My phone/).isChecked()).toBe(true)
  expect(await box(/^This computer/).isChecked()).toBe(false)
  await page.getByText('what is left is not enough to recover').waitFor()
  await page.locator('.choice-option').filter({ hasText: 'My phone' }).click()
  await press(page, 'Stop them now')
  await page.getByText('Choose what is gone first.').waitFor()
  await page.locator('.choice-option').filter({ hasText: 'My phone' }).click()
  await press(page, 'Stop them now')
  await page.getByText('It is removed. Nobody can use it any more.').waitFor()
  expect(await page.locator('.own-method h3').allTextContents()).toEqual(['This computer'])
  await page.getByRole('heading', { name: 'One more to go' }).waitFor()
  await close()
})

const looks: Record<string, PortalLook> = {
  light: {},
  'dark-de': { colorScheme: 'dark', language: 'de' },
  narrow: { width: 320, height: 640 },
  forced: { forcedColors: 'active' },
  'right-to-left': { rtl: true, width: 900 },
}

describe.each(Object.entries(looks))('%s', (name, look) => {
  it('the first screens are whole and accessible', async () => {
    const { page, close } = await newcomer(look)
    const check = async (screen: string) => {
      await picture(page, `portal/${name}/${screen}`)
      expect(await complaintsOfAxe(page), screen).toEqual([])
      expect(await overflows(page), screen).toBe(false)
    }
    await check('first-visit')
    await page.locator('.portal-others summary').click()
    await check('first-visit-others')
    await addVirtualAuthenticator(page)
    await page.locator('button.method').first().click()
    await page.locator('[name="label"]:visible').fill('Computer')
    await page.keyboard.press('Enter')
    await page.locator('.own-method').waitFor()
    await check('first-visit-next')
    await page.locator('.portal-section > div > button.button-quiet').click()
    await page.locator('.choice-box').first().waitFor()
    await check('lost')
    await close()
  })
})
