import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { httpsJson } from '../../scripts/lab/https-json.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { signIn, signInAnswers } from './people.ts'
import { sitDown } from './workstation.ts'

const leaked = 'Monday-Monday-1966-again'
const good = 'Seven quiet Lanterns 47 rivers'

let stack: Stack
let folder: string

beforeAll(async () => {
  stack = await openStack({
    sections: {
      passwords: { breachedIndex: 'breached.index' },
      policy: { bannedWords: ['Fabrikam'] },
    },
  })
  folder = dirname(stack.backend.configFile)
  writeFileSync(join(folder, 'words.txt'), `${leaked}\nsomething else\n`)
  await loadList()
})

afterAll(() => stack?.stop())

async function loadList(): Promise<void> {
  const loaded = await stack.backend.cli('passwords', 'load', join(folder, 'words.txt'))
  expect(loaded).toMatchObject({ code: 0 })
}

async function ready(status: 200 | 503): Promise<void> {
  const probe = () => httpsJson(`${stack.backend.origin}/readyz`, stack.lab.caPem)
  await expect.poll(async () => (await probe()).status, { timeout: 25_000 }).toBe(status)
}

test('a leaked password and a word of the organisation are refused with the reason, before anything is written', async () => {
  const employee = await stack.hire()
  const { look, hands, page } = await sitDown(stack)
  await hands.nameAccount(employee.account)
  await hands.proveByApp(await employee.code())
  await hands.proveByMail(employee)
  await hands.see(headings.password)
  const written = () => stack.lab.directory.readAttribute(employee.dn, 'uSNChanged')
  const before = await written()
  const rule = (name: RegExp) => page.getByRole('listitem').filter({ hasText: name })

  // While it is typed.
  const field = page.getByRole('textbox', { name: /^New password/ })
  const ownWords = rule(/None of your company’s words/)
  await field.fill('Seven F4br1k@m Lanterns 47')
  await expect.poll(() => ownWords.textContent()).toContain('Not met yet')
  await field.fill('Seven 3x@mpl3 Lanterns 47')
  expect(await ownWords.textContent()).toContain('Not met yet')
  await field.fill(leaked)
  await expect.poll(() => ownWords.textContent()).toMatch(/– Met$/)

  // When the field is left.
  const known = rule(/Not on the list of leaked passwords/)
  await hands.choosePassword(leaked)
  await page.getByText('This one has leaked: attackers try it first.').waitFor()
  expect(await known.getAttribute('class')).toContain('checklist-missed')
  await look('16-leaked')
  expect(await written()).toBe(before)
  expect(await signIn(stack, employee, employee.password)).toBe(signInAnswers.accepted)

  // A list that is gone says nothing about any password.
  rmSync(join(folder, 'breached.index'))
  await ready(503)
  await hands.choosePassword(good)
  await page.getByText('We could not find out whether this one has leaked').waitFor()
  expect(await written()).toBe(before)
  await loadList()
  await ready(200)
  await page.getByRole('button', { name: 'Set this password' }).click()
  await hands.see(headings.done)
  expect(await signIn(stack, employee, good)).toBe(signInAnswers.accepted)
})
