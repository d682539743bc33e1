import type { Page } from 'playwright'

/** Screens of the walk in order, and the heading by which each is known, in both languages. */
export const headings = {
  account: /Who are you\?|Wer sind Sie\?/,
  methods: /How do you want|Wie möchten Sie/,
  totp: /1\s(of|von)\s2/,
  email: /2\s(of|von)\s2/,
  password: /Choose a new password|Wählen Sie ein neues Passwort/,
  done: /Your new password is set|Ihr neues Passwort gilt/,
} as const
export type Place = keyof typeof headings

/** Long, unlike any name in it, and with three kinds of characters. */
export const goodPassword = 'Kettle-Orbit-Lantern-7'

const places = Object.keys(headings) as Place[]

/** Waits for the screen with this heading. */
export function arriveAt(page: Page, heading: string | RegExp): Promise<void> {
  return page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

/** Does what a screen asks for, so that the next one comes. */
const does: Record<Exclude<Place, 'done'>, (page: Page) => Promise<void>> = {
  account: (page) => typeAndEnter(page, 'amartin'),
  methods: (page) => page.getByRole('button', { name: /Authenticator/ }).click(),
  totp: (page) => typeAndEnter(page, '123456'),
  email: (page) => typeAndEnter(page, '654321'),
  password: async (page) => {
    await page.locator('[name="new-password"]').fill(goodPassword)
    await page.locator('[name="repeat-password"]').fill(goodPassword)
    await page.keyboard.press('Enter')
  },
}

/**
 * Walks from the first screen to the one named.
 *
 * @param look - called on every screen on the way, the last one included
 */
export async function walkTo(
  page: Page,
  target: Place,
  look: (place: Place) => Promise<void> = async () => {},
): Promise<void> {
  await walkOnTo(page, target, look)
}

/** The same, from the screen that is there now. */
export async function walkOnTo(
  page: Page,
  target: Place,
  look: (place: Place) => Promise<void> = async () => {},
): Promise<void> {
  const now = await page.locator('h1').textContent()
  const at = places.findIndex((place) => headings[place].test(now ?? ''))
  for (const place of places.slice(at)) {
    await arriveAt(page, headings[place])
    await look(place)
    if (place === target || place === 'done') return
    await does[place](page)
  }
}

/** Types without clicking anything first, as people do. */
export async function typeAndEnter(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
