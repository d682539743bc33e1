import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { uniqueName } from '../helpers/lab.ts'
import { overflows, picture } from '../journey/harness/chromium.ts'
import { signedIn } from '../server/session/portal-client.ts'
import {
  arriveAt,
  openPortal,
  type Portal,
  type PortalLook,
  press,
  signIn,
  spokenWith,
  typeAndEnter,
} from './visit.ts'

// Recovery codes in the portal: shown once, kept in three ways, typed back, used, renewed.

let portal: Portal

beforeAll(async () => {
  const methods = ['totp', 'recoveryCode', 'temporaryPass', 'email']
  portal = await openPortal({ policy: { methods } })
})

afterAll(() => portal?.stop())

const shape = /[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){2}/g

async function newcomer(): Promise<{ account: string; password: string }> {
  const name = uniqueName('codes')
  const displayName = 'Dr. Wolfeschlegelsteinhausenbergerdorff-Ööhland'
  const { password } = await portal.stack.lab.directory.createUser({ name, displayName })
  return { account: name, password }
}

async function readCodes(page: Page): Promise<string[]> {
  return (await page.locator('.code-list').innerText()).match(shape) ?? []
}

const place = (page: Page, name: string) =>
  page.evaluate((hash) => {
    window.location.hash = hash
  }, name)

/** From the list of methods to a set that counts. */
async function makeCodes(page: Page): Promise<string[]> {
  await place(page, 'recovery-codes')
  await press(page, 'Show my codes')
  await arriveAt(page, 'Keep these codes')
  const codes = await readCodes(page)
  await press(page, 'I have them: go on')
  await typeAndEnter(page, 'code', codes[2] ?? '')
  await page.getByText('Your recovery codes are set up.').waitFor()
  return codes
}

it('are shown once, printed, copied and saved, and count only when one was typed back', async () => {
  const { account, password } = await newcomer()
  const { page, complaints, close } = await portal.visit()
  await signIn(page, account, password)
  await page.getByRole('button', { name: /^Recovery codes/ }).click()
  await arriveAt(page, 'Make recovery codes')
  await press(page, 'Show my codes')
  await arriveAt(page, 'Keep these codes')
  const codes = await readCodes(page)
  expect(codes).toHaveLength(10)
  expect(new Set(codes).size).toBe(10)

  await press(page, 'Copy')
  await page.getByText('Copied.').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.trim().split(/\r?\n/)).toEqual(codes)

  const downloading = page.waitForEvent('download')
  await press(page, 'Save as a file')
  const download = await downloading
  expect(download.suggestedFilename()).toBe('latchkey-recovery-codes.txt')
  const saved = await readFile(await download.path(), 'utf8')
  expect(saved.match(shape)).toEqual(codes)
  expect(saved).toContain(account)
  expect(saved).not.toMatch(/https?:|methodId|token/)
  expect(page.url()).toBe(`${portal.stack.backend.origin}/portal/#recovery-codes`)

  await press(page, 'I have them: go on')
  await arriveAt(page, 'Type one of them back')
  // From paper, not from the screen.
  expect(await page.locator('body').innerText()).not.toMatch(shape)
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/confirm')) asked += 1
  })
  for (const typed of ['', '12345', `${codes[0]}7`, codes[0]?.replace(/.$/, '_') ?? '']) {
    await typeAndEnter(page, 'code', typed)
    await expect.poll(() => spokenWith(page, 'code')).toMatch(/Type the code first|15 letters/)
  }
  expect(asked).toBe(0)
  const field = page.locator('[name="code"]:visible')
  for (const [name, value] of Object.entries({
    autocomplete: 'off',
    autocapitalize: 'characters',
    autocorrect: 'off',
    spellcheck: 'false',
  })) {
    expect(await field.getAttribute(name), name).toBe(value)
  }
  expect(await field.getAttribute('inputmode')).not.toBe('numeric')

  await typeAndEnter(page, 'code', ` ${codes[6]?.toLowerCase().replaceAll('-', ' ')} `)
  await page.getByText('Your recovery codes are set up.').waitFor()
  await page.getByText('10 of 10 left').waitFor()
  await page.reload()
  await page.getByText('10 of 10 left').waitFor()
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  )
  expect(kept + (await page.content())).not.toMatch(shape)
  expect(complaints).toEqual([])
  await close()
})

it('do not count when the page is closed before one was typed back', async () => {
  const { account, password } = await newcomer()
  const { page, close } = await portal.visit()
  await signIn(page, account, password)
  await page.locator('.readiness').waitFor()
  await place(page, 'recovery-codes')
  await press(page, 'Show my codes')
  await arriveAt(page, 'Keep these codes')
  await page.reload()
  await arriveAt(page, 'Make recovery codes')
  await place(page, '')
  await page.getByText('Nothing is set up yet').waitFor()
  await close()
})

it('open changes once each, run out with a reminder, and are renewed', async () => {
  const { account, password } = await newcomer()
  const { page, close } = await portal.visit()
  await signIn(page, account, password)
  await page.locator('.readiness').waitFor()
  const codes = await makeCodes(page)

  // Seven are used elsewhere, one of them in this browser.
  const client = await signedIn(portal.stack, { account, password })
  const { methods } = (await client.send('GET', '/me/methods')).body
  const verify = `/session/step-up/${methods[0].methodId}/verify`
  for (const code of codes.slice(0, 7)) {
    expect((await client.send('POST', verify, { kind: 'recoveryCode', code })).status).toBe(200)
  }
  client.close()
  await press(page, 'Sign out')
  await signIn(page, account, password)
  await page.getByText('3 of 10 left').waitFor()
  await place(page, 'recovery-codes')
  await arriveAt(page, 'Make new recovery codes')
  await page.getByText('3 are left. They work until you have confirmed the new ones.').waitFor()
  await press(page, 'Show my codes')
  await arriveAt(page, 'First, prove that it is you')
  await typeAndEnter(page, 'code', codes[0] ?? '')
  await expect.poll(() => spokenWith(page, 'code')).toMatch(/not accepted. Check each letter/)
  await typeAndEnter(page, 'code', codes[8] ?? '')
  await arriveAt(page, 'Keep these codes')
  // Turned back: the old ones still work, and there are few.
  await place(page, '')
  await page.reload()
  await page.getByText('Only 2 recovery codes are left').waitFor()
  await picture(page, 'portal/recovery-codes/few')
  await press(page, 'Make new codes')
  const renewed = await makeCodes(page)
  await page.getByText('10 of 10 left').waitFor()
  expect(renewed).not.toContain(codes[9])
  const later = await signedIn(portal.stack, { account, password })
  const now = (await later.send('GET', '/me/methods')).body.methods
  const path = `/session/step-up/${now[0].methodId}/verify`
  const old = await later.send('POST', path, { kind: 'recoveryCode', code: codes[9] })
  expect(old.body.code).toBe('proof_refused')
  later.close()
  await close()
})

it('a temporary pass is in the list while it lasts, opens changes once, and is gone', async () => {
  const { account, password } = await newcomer()
  const { name: agent } = await portal.stack.lab.directory.createUser({ name: uniqueName('agent') })
  const issued = await portal.stack.backend.cliAs(
    agent,
    ...['pass', 'issue', account, '--reason', 'INC-4711, phone lost', '--json'],
    ...['--deliver', 'print', '--print-reason', 'no private address'],
  )
  const { code } = JSON.parse(issued.output)
  const { page, close } = await portal.visit()
  await signIn(page, account, password)
  await page.getByText(/Temporary, until Nov/).waitFor()
  await page.getByText('Nothing is set up yet').waitFor()
  await picture(page, 'portal/recovery-codes/pass')
  expect(await complaintsOfAxe(page)).toEqual([])
  await place(page, 'recovery-codes')
  await press(page, 'Show my codes')
  await arriveAt(page, 'First, prove that it is you')
  await typeAndEnter(page, 'code', code.toLowerCase())
  await arriveAt(page, 'Keep these codes')
  const codes = await readCodes(page)
  await press(page, 'I have them: go on')
  await typeAndEnter(page, 'code', codes[0] ?? '')
  await page.getByText('10 of 10 left').waitFor()
  expect(await page.getByText(/Temporary, until/).count()).toBe(0)
  await close()
})

it('are one sheet of black on white on paper, with whose they are and nothing of the page', async () => {
  const { account, password } = await newcomer()
  for (const look of [{}, { colorScheme: 'dark', language: 'de' }] as const) {
    const { page, close } = await portal.visit(look)
    await signIn(page, account, password)
    await page.locator('.readiness').waitFor()
    await place(page, 'recovery-codes')
    await page.locator('.screen:visible .button-primary').click()
    await page.locator('.code-list').waitFor()
    await page.emulateMedia({ media: 'print' })
    const printed = await page.locator('body').innerText()
    expect(printed.match(shape)).toHaveLength(10)
    expect(printed).toContain('Example Corporation')
    expect(printed).toContain(account)
    expect(printed).toContain('2026')
    for (const part of ['.page-header', '.page-tools', 'h1', '.keep-how', '.actions']) {
      expect(await page.locator(part).first().isVisible(), part).toBe(false)
    }
    const ink = await page
      .locator('.code-list li')
      .first()
      .evaluate((item) => {
        const { color } = getComputedStyle(item)
        return [color, getComputedStyle(document.body).backgroundColor]
      })
    expect(ink).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
    const name = 'language' in look ? 'print-dark-de' : 'print-en'
    await picture(page, `portal/recovery-codes/${name}`)
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    await close()
  }
})

const looks: Record<string, PortalLook> = {
  'dark-de': { colorScheme: 'dark', language: 'de' },
  'narrow-de': { width: 320, height: 640, language: 'de' },
  'right-to-left-forced': { rtl: true, width: 900, forcedColors: 'active' },
}

describe.each(Object.entries(looks))('%s', (name, look) => {
  it('every screen is whole and accessible', async () => {
    const { account, password } = await newcomer()
    const { page, complaints, close } = await portal.visit(look)
    const check = async (screen: string) => {
      await picture(page, `portal/recovery-codes/${name}-${screen}`)
      expect(await complaintsOfAxe(page), screen).toEqual([])
      expect(await overflows(page), screen).toBe(false)
    }
    const goOn = () => page.locator('.screen:visible .button-primary').click()
    await signIn(page, account, password)
    await page.locator('.readiness').waitFor()
    await place(page, 'recovery-codes')
    await check('about')
    await goOn()
    await page.locator('.code-list').waitFor()
    await check('codes')
    const codes = await readCodes(page)
    await goOn()
    await page.locator('[name="code"]').waitFor()
    await typeAndEnter(page, 'code', 'ABCDE')
    await page.locator('[aria-invalid="true"]').waitFor()
    await check('confirm')
    await typeAndEnter(page, 'code', codes[0] ?? '')
    await page.locator('.own-method').waitFor()
    await check('home')
    await place(page, 'recovery-codes')
    await page.locator('.notice-warning').waitFor()
    await check('about-again')
    expect(complaints).toEqual([])
    await close()
  })
})
