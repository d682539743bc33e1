import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { uniqueName } from '../helpers/lab.ts'
import { addVirtualAuthenticator } from '../helpers/virtual-authenticator.ts'
import { focused, overflows, picture } from '../journey/harness/chromium.ts'
import { arriveAt, openPortal, type Portal, type PortalLook, press, signIn } from './visit.ts'

// Passkeys and security keys in Debian's Chromium, with its own virtual authenticators.

let portal: Portal

beforeAll(async () => {
  const methods = ['passkey', 'securityKey', 'totp', 'email']
  portal = await openPortal({ policy: { methods } })
})

afterAll(() => portal?.stop())

async function inPortal(
  steps: (page: Page, person: { name: string; password: string }) => Promise<void>,
  look: PortalLook = {},
) {
  const { page, complaints, close } = await portal.visit(look)
  try {
    const name = uniqueName('key')
    const { password } = await portal.stack.lab.directory.createUser({ name })
    await signIn(page, name, password)
    await page.locator('.readiness').waitFor()
    await steps(page, { name, password })
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
}

const words = async (page: Page) => (await page.locator('main').textContent()) ?? ''
const look = async (page: Page, name: string) => {
  await picture(page, `portal/${name}`)
  expect(await complaintsOfAxe(page), name).toEqual([])
  expect(await overflows(page), name).toBe(false)
}

const pages = {
  passkey: { heading: 'Add a passkey', submit: 'Create a passkey' },
  'security-key': { heading: 'Add a security key', submit: 'Connect the key' },
} as const

/** Goes where a kind is set up. */
async function goTo(page: Page, place: keyof typeof pages) {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, place)
  await arriveAt(page, pages[place].heading)
}

it('says at once that no passkey can be had on this computer', async () => {
  await inPortal(async (page) => {
    await goTo(page, 'passkey')
    await page.getByText('No passkey can be used on this computer').waitFor()
    await look(page, 'passkey-none-here')
    await press(page, 'Choose something else')
    await arriveAt(page, 'Your ways back in')
  })
})

it('says when the browser knows nothing of all this', async () => {
  await inPortal(async (page) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'))
    await page.reload()
    await goTo(page, 'security-key')
    await page.getByText('Passkeys and security keys do not work here').waitFor()
  })
})

it('adds nothing for a user whom the authenticator does not recognise, or who stops', async () => {
  await inPortal(async (page) => {
    const authenticator = await addVirtualAuthenticator(page, { transport: 'usb' })
    await authenticator.recognises(false)
    await goTo(page, 'security-key')
    await page.locator('[name="label"]:visible').fill(' ')
    await press(page, 'Connect the key')
    await page.getByText('Give it a name').waitFor()
    await page.locator('[name="label"]:visible').fill('Blue key')
    await press(page, 'Connect the key')
    await page.getByText('Nothing was confirmed').waitFor()
    await look(page, 'security-key-refused')
    await authenticator.recognises(true)
    await authenticator.isTouched(false)
    await press(page, 'Connect the key')
    await page.getByText('Follow what your browser asks you').waitFor()
    await look(page, 'security-key-asking')
    await press(page, 'Stop waiting')
    await page.getByText('Nothing was confirmed').waitFor()
    expect(await authenticator.credentials()).toEqual([])
    await press(page, 'Back')
    expect(await words(page)).toContain('Nothing is set up yet')
  })
})

it('sets up a passkey, once, and has it prove who changes anything later', async () => {
  await inPortal(async (page, { name, password }) => {
    const computer = await addVirtualAuthenticator(page)
    await goTo(page, 'passkey')
    expect(await page.locator('[name="label"]:visible').inputValue()).toBe('This computer')
    await look(page, 'passkey')
    await press(page, 'Create a passkey')
    await page.getByText('Your passkey is set up.').waitFor()
    expect(await focused(page)).toBe('h1 Your ways back in')
    expect(await words(page)).toContain('This computer')
    expect(await words(page)).toContain('Stays on one device.')
    expect(await words(page)).toContain('not used yet')
    await look(page, 'home-passkey')
    const [made, ...others] = await computer.credentials()
    expect(others).toEqual([])
    expect(made).toMatchObject({ isResidentCredential: true, rpId: 'localhost' })

    await press(page, 'Rename This computer')
    await page.locator('[name="new-label"]').fill('')
    await page.keyboard.press('Enter')
    await page.getByText('Give it a name, such as').waitFor()
    await look(page, 'home-rename')
    await press(page, 'Keep the old one')
    expect(await focused(page)).toBe('button Rename')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Desk')
    await page.keyboard.press('Enter')
    await page.getByText('It is called “Desk” now.').waitFor()
    expect(await focused(page)).toBe('h1 Your ways back in')

    await goTo(page, 'passkey')
    expect(await page.locator('[name="label"]:visible').inputValue()).toBe('This computer')
    await press(page, 'Create a passkey')
    await page.getByText('That one is set up already').waitFor()

    await page.locator('.page-tools button').last().click()
    await page.getByText('You are signed out').waitFor()
    await signIn(page, name, password)
    await arriveAt(page, 'Add a passkey')
    await goTo(page, 'security-key')
    await page.locator('[name="label"]:visible').fill('Blue key')
    await press(page, 'Connect the key')
    await arriveAt(page, 'First, prove that it is you')
    await look(page, 'step-up-passkey')
    await computer.recognises(false)
    await press(page, 'Prove it')
    await page.getByText('Nothing was confirmed').waitFor()
    await computer.recognises(true)
    await addVirtualAuthenticator(page, { transport: 'usb' })
    await press(page, 'Prove it')
    await page.getByText('Your security key is set up.').waitFor()
    expect(await words(page)).toContain('Blue key')
    expect(await words(page)).toMatch(/Desk.*last used on/s)
    expect(await words(page)).toContain('You could recover today')
    await look(page, 'home-passkey-ready')
  })
})

const looks: Record<string, PortalLook> = {
  'dark-de': { colorScheme: 'dark', language: 'de' },
  'narrow-de': { width: 320, height: 640, language: 'de' },
  forced: { forcedColors: 'active' },
  'right-to-left': { rtl: true, width: 900 },
}

it.each(Object.entries(looks))('is whole and accessible: %s', async (name, how) => {
  await inPortal(async (page) => {
    const go = (place: string) =>
      page.evaluate((hash) => Object.assign(window.location, { hash }), place)
    await go('passkey')
    await page.locator('.notice-warning').waitFor()
    await look(page, `${name}/passkey-none-here`)
    const key = await addVirtualAuthenticator(page, { transport: 'usb' })
    await key.isTouched(false)
    await go('security-key')
    await page.locator('.screen:visible .button-primary').click()
    await page.locator('.notice-info').waitFor()
    await look(page, `${name}/security-key-asking`)
    await page.locator('.notice-info button').click()
    await page.locator('.notice-warning').waitFor()
    await look(page, `${name}/security-key-refused`)
  }, how)
})
