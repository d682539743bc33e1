import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewUser } from '../../scripts/lab/domain-controller/index.ts'
import { mailedCode } from '../../scripts/lab/employee.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { uniqueName } from '../helpers/lab.ts'
import { focused, picture } from '../journey/harness/chromium.ts'
import {
  arriveAt,
  codeOf,
  openPortal,
  type Portal,
  type PortalLook,
  press,
  readKey,
  signIn,
  spokenWith,
  typeAndEnter,
} from './visit.ts'

// The pages in Debian's Chromium, over HTTPS, on the real backend, directory and mail server.

let portal: Portal

beforeAll(async () => {
  portal = await openPortal()
})

afterAll(() => portal?.stop())

/** Opens the portal, and fails the test if the browser complained about anything. */
async function inPortal(steps: (page: Page) => Promise<void>, look: PortalLook = {}) {
  const { page, complaints, close } = await portal.visit(look)
  try {
    await steps(page)
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
}

async function newUser(user: Partial<NewUser> = {}) {
  const name = uniqueName('web')
  const mail = `${name}@corp.example.com`
  const created = await portal.stack.lab.directory.createUser({
    ...{ name, displayName: 'Ada Lovelace', mail },
    ...user,
  })
  return { ...created, mail, mailbox: `${name}@home.example` }
}

const text = async (page: Page) => (await page.locator('main').textContent()) ?? ''
const mailTo = (address: string, words: RegExp, since = 0) =>
  portal.stack.lab.mail.waitFor(
    (mail) => mail.to.includes(address) && mail.receivedAt >= since && words.test(mail.text),
    20_000,
  )

describe('the door stays closed', () => {
  it('and says what is missing at the field, before anybody is asked', async () => {
    await inPortal(async (page) => {
      await press(page, 'Sign in')
      expect(await spokenWith(page, 'account')).toContain('Type your account name first.')
      expect(await spokenWith(page, 'password')).toContain('Type your password first.')
      expect(
        await page.locator('[name="account"]').evaluate((e) => e === document.activeElement),
      ).toBe(true)
      expect(await complaintsOfAxe(page)).toEqual([])
    })
  })

  it('with the same words for a wrong password, a stranger and somebody who is switched off', async () => {
    const user = await newUser()
    const disabled = await newUser({ disabled: true })
    await inPortal(async (page) => {
      const said: string[] = []
      for (const [name, password] of [
        [user.name, 'not the password'],
        [uniqueName('nobody'), 'not the password'],
        [disabled.name, disabled.password],
      ] as const) {
        await page.reload()
        await page.locator('h1').waitFor()
        await signIn(page, name, password)
        await page.locator('[name="password"][aria-invalid="true"]').waitFor()
        said.push(await text(page))
      }
      expect(new Set(said).size).toBe(1)
      expect(said[0]).toContain('Account name and password do not go together.')
      await picture(page, 'portal/sign-in-refused')
    })
  })

  it('after three wrong passwords, with the time to wait', async () => {
    const user = await newUser()
    await inPortal(async (page) => {
      for (const guess of ['one', 'two', 'three']) {
        await signIn(page, user.name, guess)
        await page.locator('[name="password"][aria-invalid="true"]').waitFor()
        await page.locator('[name="password"]').fill('')
      }
      await signIn(page, user.name, user.password)
      await page.getByText('Let us pause here').waitFor()
      expect(await text(page)).toMatch(/You can try again in (29|30):\d\d/)
      expect(await page.getByRole('button', { name: 'Sign in' }).isDisabled()).toBe(true)
      expect(await complaintsOfAxe(page)).toEqual([])
      await picture(page, 'portal/sign-in-paused')
    })
  })

  it('to an expired password, which is told apart only because it was right', async () => {
    const user = await newUser({ mustChange: true })
    await inPortal(async (page) => {
      await signIn(page, user.name, 'not the password')
      await page.getByText('do not go together').waitFor()
      await signIn(page, user.name, user.password)
      await page.getByText('Your password has expired').waitFor()
      await picture(page, 'portal/sign-in-expired')
    })
  })
})

describe('a new employee', () => {
  it('sets up both methods, step by step, and hears of it at every address', async () => {
    const user = await newUser({ displayName: '<img src=x onerror="document.title=\'run\'">Ada' })
    await inPortal(async (page) => {
      await signIn(page, user.name, user.password)
      await arriveAt(page, 'Your ways back in')
      // What the directory says is shown, not run.
      expect(await text(page)).toContain('<img src=x onerror')
      expect(await page.locator('main img').count()).toBe(0)
      expect(await text(page)).toContain('Nothing is set up yet')

      await press(page, /Private mail address/)
      await arriveAt(page, 'Add a private mail address')
      await typeAndEnter(page, 'address', 'no address')
      expect(await spokenWith(page, 'address')).toContain('does not look like a mail address')
      await typeAndEnter(page, 'address', user.mail.replace('@', '+extra@').toUpperCase())
      await page.getByText('opens with your work password').waitFor()
      await picture(page, 'portal/mail-refused')
      await typeAndEnter(page, 'address', user.mailbox)
      await arriveAt(page, 'Look into your mailbox')
      const mailed = await mailedCode(portal.stack.lab.mail, user.mailbox)
      await typeAndEnter(page, 'code', mailed === '111111' ? '222222' : '111111')
      await page.getByText('4 more tries.').waitFor()
      await typeAndEnter(page, 'code', mailed)
      await page.getByText('Your mail address is confirmed.').waitFor()
      await page.getByText('One more to go').waitFor()
      expect(await text(page)).toContain('Mail and text messages alone are not enough.')
      expect(await focused(page)).toBe('h1 Your ways back in')

      await press(page, /Authenticator app/)
      await arriveAt(page, 'Add an authenticator app')
      await press(page, 'Show the picture to scan')
      await arriveAt(page, 'Connect your app')
      const seed = await readKey(page)
      expect(seed).toMatch(/^[A-Z2-7]{32}$/)
      await press(page, 'Copy the key')
      await page.getByText('Copied').first().waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(seed)
      await typeAndEnter(page, 'code', await codeOf(seed, -10))
      await page.getByText('That is not the code for this moment.').waitFor()
      await picture(page, 'portal/connect-wrong-code')
      await typeAndEnter(page, 'code', await codeOf(seed))
      await page.getByText('You could recover today').waitFor()
      await picture(page, 'portal/home-ready')

      const kinds = [/mail address/i, /authenticator/i]
      for (const kind of kinds) {
        await mailTo(user.mail, kind)
        await mailTo(user.mailbox, kind)
      }
    })
  })

  it('finds the picture and the key lead to the same seed', async () => {
    const user = await newUser()
    await inPortal(async (page) => {
      await signIn(page, user.name, user.password)
      await press(page, /Authenticator app/)
      await press(page, 'Show the picture to scan')
      const seed = await readKey(page)
      const link = await page.locator('.qr-open').getAttribute('href')
      const address = new URL(link ?? '')
      expect(address.protocol).toBe('otpauth:')
      expect(address.searchParams.get('secret')).toBe(seed)
      expect(address.searchParams.get('issuer')).toBe('Example Corporation')
      expect(decodeURIComponent(address.pathname)).toContain(`Example Corporation:${user.name}`)
      // Going back throws the seed away; its code is good for nothing then.
      await press(page, 'Back')
      await press(page, 'Show the picture to scan')
      expect(await readKey(page)).not.toBe(seed)
      await typeAndEnter(page, 'code', await codeOf(seed))
      await page.getByText('That is not the code for this moment.').waitFor()
    })
  })

  it('walks by keyboard alone', async () => {
    const user = await newUser()
    await inPortal(async (page) => {
      await page.keyboard.press('Tab')
      await page.locator('[name="account"]').focus()
      await page.keyboard.type(user.name)
      await page.keyboard.press('Tab')
      await page.keyboard.type(user.password)
      await page.keyboard.press('Enter')
      await arriveAt(page, 'Your ways back in')
      expect(await focused(page)).toBe('h1 Your ways back in')
      await page.keyboard.press('Tab')
      expect(await focused(page)).toContain('button Authenticator app')
      await page.keyboard.press('Enter')
      await arriveAt(page, 'Add an authenticator app')
      expect(await focused(page)).toBe('h1 Add an authenticator app')
      // The name is there already; Enter goes on.
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await arriveAt(page, 'Connect your app')
      const seed = await readKey(page)
      await page.locator('h1').focus()
      await page.keyboard.type(await codeOf(seed))
      await page.keyboard.press('Enter')
      await page.getByText('Your authenticator app is connected.').waitFor()
      // The browser's Back goes back to where the app was added, and starts afresh.
      await page.goBack()
      await arriveAt(page, 'Add an authenticator app')
      await page.goForward()
      await arriveAt(page, 'Your ways back in')
    })
  })
})

describe('somebody who comes back', () => {
  it('proves a method before anything is removed, and is warned when it is one too many', async () => {
    const employee = await portal.stack.hire()
    await inPortal(async (page) => {
      await signIn(page, employee.account, employee.password)
      await page.getByText('You could recover today').waitFor()
      await press(page, 'Remove Phone')
      const dialog = page.getByRole('alertdialog', { name: 'Remove “Phone”?' })
      expect(await dialog.textContent()).toContain('you could not recover on your own')
      expect(await focused(page)).toBe('button Keep it')
      expect(await complaintsOfAxe(page)).toEqual([])
      await picture(page, 'portal/remove', { fullPage: false })
      await page.keyboard.press('Escape')
      expect(await dialog.count()).toBe(0)
      expect(await text(page)).toContain('You could recover today')

      await press(page, 'Remove Phone')
      await dialog.getByRole('button', { name: 'Remove' }).click()
      await arriveAt(page, 'First, prove that it is you')
      await press(page, 'Not now')
      await arriveAt(page, 'Your ways back in')
      expect(await page.getByRole('button', { name: 'Remove Phone' }).count()).toBe(1)

      await press(page, 'Remove Phone')
      await dialog.getByRole('button', { name: 'Remove' }).click()
      await arriveAt(page, 'First, prove that it is you')
      await typeAndEnter(page, 'code', '000000')
      await page.getByText('That code was not accepted.').waitFor()
      await picture(page, 'portal/step-up-refused')
      // The mailbox is not offered: it would let whoever reads it put another app in place of this one.
      expect(await page.getByRole('radio').count()).toBe(0)
      await page.getByText('Phone lost or replaced?').waitFor()
      const since = Date.now()
      await typeAndEnter(page, 'code', await employee.code())
      await page.getByText('“Phone” is removed.').waitFor()
      await page.getByText('One more to go').waitFor()
      await mailTo(employee.mailbox, /authenticator/i, since)
    })
  })

  it('proves a mailbox where there is nothing stronger', async () => {
    const user = await newUser()
    await inPortal(async (page) => {
      await signIn(page, user.name, user.password)
      await press(page, /Private mail address/)
      await typeAndEnter(page, 'address', user.mailbox)
      await typeAndEnter(page, 'code', await mailedCode(portal.stack.lab.mail, user.mailbox))
      await page.getByText('Your mail address is confirmed.').waitFor()
      await press(page, 'Sign out')
      await signIn(page, user.name, user.password)
      await press(page, /Authenticator app/)
      await press(page, 'Show the picture to scan')
      await arriveAt(page, 'First, prove that it is you')
      const since = Date.now()
      await press(page, 'Mail me a code')
      await page.getByText('A code is on its way').waitFor()
      await picture(page, 'portal/step-up-mail')
      await typeAndEnter(page, 'code', await mailedCode(portal.stack.lab.mail, user.mailbox, since))
      await arriveAt(page, 'Connect your app')
    })
  })

  it('is told at the old address too when it is removed', async () => {
    const employee = await portal.stack.hire()
    await inPortal(async (page) => {
      await signIn(page, employee.account, employee.password)
      await press(page, /^Remove e•••/)
      const since = Date.now()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
      await typeAndEnter(page, 'code', await employee.code())
      await page.getByText('is removed.').waitFor()
      await mailTo(employee.mailbox, /removed/i, since)
      await mailTo(`${employee.account}@corp.example.com`, /removed/i, since)
    })
  })

  it('keeps what was typed when a proof is asked for in between', async () => {
    const employee = await portal.stack.hire()
    await inPortal(async (page) => {
      await signIn(page, employee.account, employee.password)
      await press(page, /Authenticator app/)
      await page.locator('[name="label"]').fill('Tablet')
      await press(page, 'Show the picture to scan')
      await arriveAt(page, 'First, prove that it is you')
      await typeAndEnter(page, 'code', await employee.code())
      await arriveAt(page, 'Connect your app')
      await typeAndEnter(page, 'code', await codeOf(await readKey(page)))
      await page.getByRole('heading', { name: 'Tablet' }).waitFor()
    })
  })
})

describe('a session ends', () => {
  it('with a press, and nothing of it is left', async () => {
    const employee = await portal.stack.hire()
    await inPortal(async (page) => {
      await signIn(page, employee.account, employee.password)
      await arriveAt(page, 'Your ways back in')
      const cookies = await page.context().cookies()
      expect(cookies).toMatchObject([
        { name: '__Host-latchkey', httpOnly: true, secure: true, sameSite: 'Strict', path: '/' },
      ])
      expect(await page.evaluate(() => document.cookie)).toBe('')
      await press(page, 'Sign out')
      await page.getByText('You are signed out').waitFor()
      await expect.poll(async () => (await page.context().cookies()).length).toBe(0)
      await page.context().addCookies(cookies)
      await page.reload()
      await arriveAt(page, 'Get ready before you need it')
    })
  })

  it('elsewhere, and the next press says so', async () => {
    const employee = await portal.stack.hire()
    await inPortal(async (page) => {
      await signIn(page, employee.account, employee.password)
      await arriveAt(page, 'Your ways back in')
      await page.context().clearCookies()
      await press(page, /Authenticator app/)
      await press(page, 'Show the picture to scan')
      await page.getByText('Your session is over.').waitFor()
    })
  })

  it('when nothing happens, after a warning that can be answered', async () => {
    const employee = await portal.stack.hire()
    await inPortal(async (page) => {
      await page.clock.install()
      await signIn(page, employee.account, employee.password)
      await arriveAt(page, 'Your ways back in')
      await page.clock.runFor(12 * 60_000)
      expect(await page.getByRole('alertdialog').count()).toBe(0)
      await page.clock.runFor(60_000)
      const dialog = page.getByRole('alertdialog', { name: 'Are you still there?' })
      await dialog.waitFor()
      await picture(page, 'portal/idle', { fullPage: false })
      await press(page, 'Stay signed in')
      await dialog.waitFor({ state: 'detached' })
      await page.clock.runFor(15.1 * 60_000)
      await page.getByText('Nothing happened for a while').waitFor()
      expect(await page.getByText(employee.account).count()).toBe(0)
      await picture(page, 'portal/signed-out-idle')
      await page.reload()
      await arriveAt(page, 'Get ready before you need it')
    })
  })
})

it('speaks German, and remembers it', async () => {
  const employee = await portal.stack.hire()
  await inPortal(async (page) => {
    await press(page, 'Deutsch')
    await arriveAt(page, 'Vorsorgen, bevor Sie es brauchen')
    await page.reload()
    await arriveAt(page, 'Vorsorgen, bevor Sie es brauchen')
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
    await signIn(page, employee.account, employee.password)
    await arriveAt(page, 'Ihre Wege zurück')
    expect(await text(page)).toContain('Sie kämen heute allein wieder hinein')
  })
})

it('says so when the backend is away, and goes on when it is back', async () => {
  await inPortal(async (page) => {
    await page.context().setOffline(true)
    await signIn(page, 'somebody', 'something')
    await page.getByText('We cannot reach the password service').waitFor()
    expect(await complaintsOfAxe(page)).toEqual([])
    await page.context().setOffline(false)
    await press(page, 'Sign in')
    await page.getByText('do not go together').waitFor()
  })
})
