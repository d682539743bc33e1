import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Employee } from '../../scripts/lab/employee.ts'
import { headings } from '../../scripts/lab/hands.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { arriveAt, press, typeAndEnter } from '../portal/visit.ts'
import { hireLockedOut, signIn, signInAnswers } from './people.ts'
import { launchPhoneBrowser, newPhonePage, openPairing, pairPhone, shownNumber } from './phone.ts'
import { recoveriesSince } from './recoveries.ts'
import { openWorkstation, type Workstation } from './workstation.ts'

// The helper in Electron, the portal and a phone in Chromium, one backend, one domain controller.

const newPassword = 'Nine patient Herons 31 meadows'

let stack: Stack
let browser: Browser
let employee: Employee
let workstation: Workstation
let portal: Page
let phone: Page
let complaints: string[]

beforeAll(async () => {
  stack = await openStack({ sections: { policy: { methods: ['push', 'totp', 'email'] } } })
  browser = await launchPhoneBrowser(stack)
  employee = await stack.hire()
  portal = await newPortalPage()
  ;({ page: phone, complaints } = await newPhonePage(browser))
  workstation = await openWorkstation(stack)
})

afterAll(async () => {
  await workstation?.stop()
  await browser?.close()
  await stack?.stop()
})

const newPortalPage = async () =>
  (await browser.newContext({ locale: 'en', ignoreHTTPSErrors: true })).newPage()

/** As far as the number on the workstation, whichever method is proven first. */
async function askThePhone(): Promise<string> {
  await workstation.hands.choose(/^Latchkey on your phone/)
  await workstation.page.locator('.big-number').waitFor()
  return shownNumber(workstation.page)
}

test('a link connects one phone, and only with the number that this phone shows', async () => {
  const link = await openPairing(portal, stack, employee)
  const thief = await newPhonePage(browser)
  await thief.page.goto(link)
  expect(thief.page.url()).not.toContain('pair=')
  await press(thief.page, 'Connect')
  await arriveAt(thief.page, 'Type this number on your computer')
  await phone.goto(link)
  await press(phone, 'Connect')
  await phone.getByText(/This link was used already/).waitFor()
  const thiefs = await shownNumber(thief.page)
  await typeAndEnter(portal, 'number', thiefs === '99' ? '10' : '99')
  await portal.getByText(/That is not the number/).waitFor()
  await thief.page.reload()
  await arriveAt(thief.page, 'This phone is not connected any more')
  await thief.close()
})

test('a phone is connected in the portal, and its key can be used but not be read', async () => {
  await press(portal, 'Begin again')
  await press(portal, 'Show the picture to scan')
  await arriveAt(portal, 'Connect your phone')
  const link = (await portal.locator('.phone-link').textContent()) ?? ''
  await phone.goto(link)
  await phone.reload()
  await phone.goto('about:blank')
  await phone.goto(link)
  await arriveAt(phone, 'Connect this phone?')
  await press(phone, 'Connect')
  await arriveAt(phone, 'Type this number on your computer')
  await typeAndEnter(portal, 'number', await shownNumber(phone))
  await arriveAt(portal, 'Your ways back in')
  await portal.getByText('My phone').first().waitFor()
  await arriveAt(phone, 'Nothing to do right now')
  const key = await phone.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('latchkey-phone')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const { privateKey } = await new Promise<{ privateKey: CryptoKey }>((resolve) => {
      const request = database.transaction('keys').objectStore('keys').get('own')
      request.onsuccess = () => resolve(request.result)
    })
    const read = await crypto.subtle.exportKey('jwk', privateKey).then(
      () => 'read',
      (error) => error.name,
    )
    return { extractable: privateKey.extractable, usages: privateKey.usages, read }
  })
  expect(key).toEqual({ extractable: false, usages: ['sign'], read: 'InvalidAccessError' })
  expect(complaints).toEqual([])
})

test('a message wakes the service worker, which says nothing about anybody', async () => {
  const { registration, manifest } = await phone.evaluate(async () => {
    const { scope, active } = await navigator.serviceWorker.ready
    const { href } = document.querySelector<HTMLLinkElement>('link[rel=manifest]') ?? { href: '' }
    const manifest = await (await fetch(href)).json()
    return { registration: { scope, script: active?.scriptURL }, manifest }
  })
  const { origin } = stack.backend
  expect(registration).toEqual({
    scope: `${origin}/portal/phone-app/`,
    script: `${origin}/portal/phone-app/service-worker.js`,
  })
  expect(manifest).toMatchObject({ display: 'standalone', scope: '/portal/phone-app/' })
  await phone.context().grantPermissions(['notifications'], { origin })
  const session = await phone.context().newCDPSession(phone)
  const registrations: string[] = []
  session.on('ServiceWorker.workerRegistrationUpdated', (event) =>
    registrations.push(...event.registrations.map(({ registrationId }) => registrationId)),
  )
  await session.send('ServiceWorker.enable')
  await expect.poll(() => registrations.length).toBeGreaterThan(0)
  const [registrationId = ''] = registrations
  const data = JSON.stringify({ expiresAt: new Date().toISOString() })
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
  const shown = () =>
    phone.evaluate(async () => {
      const { getNotifications } = await navigator.serviceWorker.ready.then((ready) => ({
        getNotifications: () => ready.getNotifications(),
      }))
      return (await getNotifications()).map(({ title, body }) => `${title}: ${body}`)
    })
  await expect
    .poll(shown)
    .toEqual([
      'Latchkey has a question: Was it you? Open to answer. Nobody may tell you the number.',
    ])
})

test('a wrong number ends the question; the workstation shows a new one', async () => {
  await workstation.hands.nameAccount(employee.account)
  const number = await askThePhone()
  await arriveAt(phone, 'Is this you?')
  await press(phone, 'Confirm')
  await phone.getByText(/Type the two digits/).waitFor()
  await typeAndEnter(phone, 'number', number === '99' ? '10' : '99')
  await arriveAt(phone, 'That was not the number')
  await workstation.page.getByText('That was not the number').waitFor()
  await press(phone, 'OK')
  await workstation.press('Show a new number')
  await workstation.page.locator('.big-number').waitFor()
  await arriveAt(phone, 'Is this you?')
})

test('the right number and the app bring a new password', async () => {
  await typeAndEnter(phone, 'number', await shownNumber(workstation.page))
  await arriveAt(phone, 'Done')
  await press(phone, 'OK')
  const { hands } = workstation
  await hands.choose(/^Authenticator app/)
  // The code of this moment was spent in the portal.
  await hands.giveCode(await employee.code(Date.now() + 30_000))
  await hands.choosePassword(newPassword)
  await hands.see(headings.done)
  expect(await signIn(stack, employee, newPassword)).toMatch(signInAnswers.accepted)
  expect(complaints).toEqual([])
})

test('somebody else is locked out, and nobody’s phone is asked for them', async () => {
  const other = await hireLockedOut(stack)
  const walk = await openWorkstation(stack)
  try {
    await walk.hands.nameAccount(other.account)
    await walk.hands.choose(/^Latchkey on your phone/)
    await walk.page.locator('.big-number').waitFor()
    await arriveAt(phone, 'Nothing to do right now')
  } finally {
    await walk.stop()
  }
})

// Somebody else from here on: an account's phones are asked twice in ten minutes before anything is proven.
describe('another person', () => {
  beforeAll(async () => {
    employee = await stack.hire()
    await phone.context().close()
    ;({ page: phone, complaints } = await newPhonePage(browser))
  })

  test('the phone opens changes in the portal, too', async () => {
    const pairing = await newPortalPage()
    await pairPhone(pairing, phone, stack, employee)
    await pairing.context().close()
    const page = await newPortalPage()
    await page.goto(`${stack.backend.origin}/portal/`)
    await page.locator('[name="account"]').fill(employee.account)
    await typeAndEnter(page, 'password', employee.password)
    await arriveAt(page, 'Your ways back in')
    await page.getByRole('button', { name: /^Authenticator app/ }).click()
    await typeAndEnter(page, 'label', 'Another app')
    await arriveAt(page, 'First, prove that it is you')
    await page.getByText('My phone').first().click()
    await press(page, 'Show the number')
    await page.locator('.big-number').waitFor()
    await arriveAt(phone, 'Is this you?')
    expect(await phone.locator('main').textContent()).toContain('signed in to the portal')
    await typeAndEnter(phone, 'number', await shownNumber(page))
    await arriveAt(phone, 'Done')
    await arriveAt(page, 'Connect your app')
    await press(phone, 'OK')
    await page.context().close()
  })

  test('“This wasn’t me” stops the workstation, and the password stays as it is', async () => {
    const since = Date.now()
    await workstation.stop()
    workstation = await openWorkstation(stack)
    await workstation.hands.nameAccount(employee.account)
    await askThePhone()
    await arriveAt(phone, 'Is this you?')
    expect(await phone.locator('main').textContent()).toContain('choose a new password')
    await press(phone, 'This wasn’t me')
    await arriveAt(phone, 'Stopped. Nobody gets in')
    await workstation.hands.see(/This wasn’t me/)
    expect(recoveriesSince(stack, since)).toEqual(['abandoned'])
    await stack.lab.mail.waitFor(
      ({ to, text, receivedAt }) =>
        to.includes(employee.mailbox) && receivedAt >= since && text.includes('This wasn’t me'),
      20_000,
    )
    expect(await signIn(stack, employee, employee.password)).toMatch(signInAnswers.accepted)
    await press(phone, 'OK')
  })
})
