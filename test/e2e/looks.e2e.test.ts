import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Employee, mailedCode } from '../../scripts/lab/employee.ts'
import { headings } from '../../scripts/lab/hands.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { keepPicture, openWorkstation, type Workstation } from './workstation.ts'

type Look = {
  colorScheme?: 'light' | 'dark'
  forcedColors?: 'active' | 'none'
  direction?: 'ltr' | 'rtl'
  size?: [width: number, height: number]
  /** Of the window's contents, as Ctrl and + would. */
  zoom?: number
}

const looks: Record<string, Look> = {
  dark: { colorScheme: 'dark' },
  contrast: { forcedColors: 'active' },
  'contrast-dark': { forcedColors: 'active', colorScheme: 'dark' },
  'right-to-left': { direction: 'rtl' },
  // The smallest that the window becomes.
  narrow: { size: [360, 480] },
  zoomed: { zoom: 2 },
}

let stack: Stack
let employee: Employee
let workstation: Workstation

beforeAll(async () => {
  stack = await openStack()
  employee = await stack.hire()
  workstation = await openWorkstation(stack)
})

afterAll(async () => {
  await workstation?.stop()
  await stack?.stop()
})

async function put(look: Look): Promise<void> {
  const { page, app, resize } = workstation
  const { colorScheme = 'light', forcedColors = 'none', direction = 'ltr', zoom = 1 } = look
  await page.emulateMedia({ colorScheme, forcedColors, reducedMotion: 'reduce' })
  await page.evaluate((dir) => Object.assign(document.documentElement, { dir }), direction)
  await app.application.evaluate(({ BrowserWindow }, factor) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor)
  }, zoom)
  const [width, height] = look.size ?? [1000, 760]
  await resize(width, height, zoom)
}

/** As the person sees it: Playwright's own pictures do not know of the zoom. */
async function keep(name: string): Promise<void> {
  const { app } = workstation
  const png = await app.application.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    return image?.toPNG().toString('base64') ?? ''
  })
  keepPicture(name, Buffer.from(png, 'base64'))
}

/** Puts every look on the screen that is there, one after the other. */
async function tryOn(screen: string): Promise<void> {
  const { page } = workstation
  for (const [name, look] of Object.entries(looks)) {
    await put(look)
    const sticksOut = await page.evaluate(
      () => document.documentElement.scrollWidth > window.innerWidth,
    )
    expect({ name, sticksOut }).toEqual({ name, sticksOut: false })
    expect(await complaintsOfAxe(page)).toEqual([])
    await keep(`look-${name}-${screen}`)
  }
  await put({})
}

test('every screen is accessible and in one piece, whatever the window and the system look like', async () => {
  const { hands, page } = workstation
  const since = Date.now()
  await tryOn('1-account')
  await hands.nameAccount(employee.account)
  await hands.see(headings.methods)
  await tryOn('2-methods')
  await hands.choose(/^Code by mail/)
  await page.getByText(/^Sent at/).waitFor()
  await hands.giveCode(await employee.code())
  await page.getByText('You have 4 more tries.').waitFor()
  await tryOn('3-wrong-code')
  await hands.giveCode(await mailedCode(stack.lab.mail, employee.mailbox, since))
  await hands.see(/2 of 2/)
  await hands.giveCode(await employee.code())
  await hands.see(headings.password)
  await hands.choosePassword('all in small letters')
  await page.getByText('Not yet: look at the list below.').waitFor()
  await tryOn('4-password')
  await hands.choosePassword('Seven quiet Lanterns 47 rivers')
  await hands.see(headings.done)
  await tryOn('5-done')
})
