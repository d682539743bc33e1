import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, onTestFinished } from 'vitest'
import type { LaunchedApp } from '../../scripts/lab/electron.ts'
import { type Hands, handsAt } from '../../scripts/lab/hands.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import type { Stack } from '../helpers/stack.ts'
import { startHelper } from '../main/start-helper.ts'

export const helpdesk = 'Helpdesk: +49 30 1234 567'

const windowSize = { width: 1000, height: 760 }

/** The built helper on a screen of its own, configured for a stack as IT would. */
export interface Workstation {
  app: LaunchedApp
  page: Page
  hands: Hands
  /** What the screen says, as one line. */
  words(): Promise<string>
  /** Presses a button by its name. */
  press(name: string | RegExp): Promise<void>
  /** The size of the window's content, in pixels of the screen. */
  resize(width: number, height: number, zoom?: number): Promise<void>
  /**
   * Looks at a screen: axe must find nothing, and a picture of it goes to the folder of pictures.
   *
   * @param height - of the window, for a screen that is longer than usual
   */
  look(name: string, height?: number): Promise<void>
  stop(): Promise<void>
}

type Seat = {
  lab: Pick<Stack['lab'], 'caFile' | 'mail'>
  backend: Pick<Stack['backend'], 'origin'>
}

/**
 * Starts the helper.
 *
 * @param configuration - laid over what IT deploys
 */
export async function openWorkstation(
  { lab, backend }: Seat,
  configuration: Record<string, unknown> = {},
): Promise<Workstation> {
  const app = await startHelper({
    ...{ backendUrl: backend.origin, caFile: lab.caFile, language: 'en' },
    ...{ organisation: 'Example Corporation', helpdesk },
    ...configuration,
  })
  const page = app.window
  // Half-faded text is neither for axe nor for pictures.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  const resize = async (width: number, height: number, zoom = 1) => {
    await app.application.evaluate(
      ({ BrowserWindow }, size) => {
        const [window] = BrowserWindow.getAllWindows()
        window?.setContentSize(size.width, size.height)
      },
      { width, height },
    )
    await page.waitForFunction(
      (wanted) => window.innerWidth === wanted.width && window.innerHeight === wanted.height,
      { width: width / zoom, height: height / zoom },
    )
  }
  const look = async (name: string, height = windowSize.height) => {
    await resize(windowSize.width, height)
    expect(await complaintsOfAxe(page)).toEqual([])
    await picture(page, name)
    await resize(windowSize.width, windowSize.height)
  }
  await resize(windowSize.width, windowSize.height)
  return {
    ...{ app, page, resize, look, hands: handsAt(page, lab.mail), stop: app.stop },
    words: async () => oneLine((await page.locator('main').textContent()) ?? ''),
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

const pictureFolder = join(import.meta.dirname, '../../test-results/screens')

/** Starts the helper for one test, and ends it with the test. */
export async function sitDown(
  seat: Seat,
  configuration?: Record<string, unknown>,
): Promise<Workstation> {
  const workstation = await openWorkstation(seat, configuration)
  onTestFinished(workstation.stop)
  return workstation
}

/** Takes a picture of the window, for the documentation and for whoever looks at a failure. */
async function picture(page: Page, name: string): Promise<void> {
  keepPicture(name, await page.screenshot({ animations: 'disabled' }))
}

export function keepPicture(name: string, png: Buffer): void {
  mkdirSync(pictureFolder, { recursive: true })
  writeFileSync(join(pictureFolder, `${name}.png`), png)
}

/** The element that has the focus, as `tag words`. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const label = element instanceof HTMLInputElement ? element.name : element?.textContent
    return `${element?.tagName.toLowerCase()} ${label ?? ''}`.replaceAll(/\s+/g, ' ').trim()
  })
}
