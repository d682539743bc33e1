import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Employee, mailedCode } from '../../scripts/lab/employee.ts'
import { journeyEnglish } from '../../src/journey/words/en.ts'
import { uiEnglish } from '../../src/ui/words/en.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { signIn, signInAnswers, wrongCode } from './people.ts'
import { openWorkstation, type Workstation } from './workstation.ts'

const newPassword = 'Sieben leise Laternen 47 am Fluss'

let stack: Stack
let employee: Employee
let workstation: Workstation

beforeAll(async () => {
  stack = await openStack({ sections: { mail: { language: 'de' } } })
  employee = await stack.hire()
  workstation = await openWorkstation(stack, { language: 'de' })
})

afterAll(async () => {
  await workstation?.stop()
  await stack?.stop()
})

/** Sentences that must not be seen: everything English that is long enough to be nothing else. */
const english = [...sentencesIn(journeyEnglish), ...sentencesIn(uiEnglish)]

function sentencesIn(words: object): string[] {
  return Object.values(words).flatMap((word) => {
    if (typeof word !== 'string') return sentencesIn(word)
    return word.length > 8 && !word.includes('{{') ? [word] : []
  })
}

async function look(name: string): Promise<void> {
  const { page } = workstation
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  const shown = (await page.locator('body').textContent()) ?? ''
  expect(english.filter((sentence) => shown.includes(sentence))).toEqual([])
  await workstation.look(name)
}

test('somebody who speaks German is spoken to in German from the first screen to the last mail', async () => {
  const { hands, page, press } = workstation
  const { keyboard } = page
  const since = Date.now()
  await hands.see(/^Wer sind Sie\?/)
  await look('30-de-wer-sind-sie')
  await keyboard.type(employee.account)
  await keyboard.press('Enter')
  await hands.see(/^Wie möchten Sie sich ausweisen\?/)
  await look('31-de-nachweise')
  await page.getByRole('button', { name: /^Code per Mail/ }).click()
  await hands.see(/1 von 2/)
  await page.getByText(/^Geschickt um/).waitFor()
  await keyboard.type(wrongCode)
  await keyboard.press('Enter')
  await page.getByText('Sie haben noch 4 Versuche.').waitFor()
  await look('32-de-falscher-code')
  await page
    .getByRole('textbox', { name: /^Code aus der Mail/ })
    .fill(await mailedCode(stack.lab.mail, employee.mailbox, since))
  await keyboard.press('Enter')
  await hands.see(/2 von 2/)
  await keyboard.type(await employee.code())
  await keyboard.press('Enter')
  await hands.see(/^Wählen Sie ein neues Passwort/)
  await press('Schlagen Sie mir eines vor')
  await look('33-de-passwort')
  await page.getByRole('textbox', { name: /^Neues Passwort/ }).fill(newPassword)
  await page.getByRole('textbox', { name: /^Noch einmal dasselbe/ }).fill(newPassword)
  await keyboard.press('Enter')
  await hands.see(/^Ihr neues Passwort gilt/)
  await look('34-de-fertig')
  expect(await signIn(stack, employee, newPassword)).toBe(signInAnswers.accepted)
  const { text } = await stack.lab.mail.waitFor(
    ({ to, subject }) => to.includes(employee.mailbox) && /Passwort/.test(subject),
    10_000,
  )
  expect(text).toContain(employee.account)
})
