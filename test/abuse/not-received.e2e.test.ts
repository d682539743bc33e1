import { hash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Employee } from '../../scripts/lab/employee.ts'
import { handsAt, headings } from '../../scripts/lab/hands.ts'
import { trySignIn } from '../../scripts/lab/sign-in.ts'
import { findSecret } from './not-received-forms.ts'
import { findInMemory } from './not-received-process.ts'
import { filesIn, openRecordedWorld, type RecordedWorld } from './not-received-world.ts'

/** Every character class that some layer escapes in a way of its own. */
const chosen = 'Grüße & 100 % "Käse" + Öl \\ 7 <ok> Ж🙂'
const chosenForRelay = 'Süße % "Äpfel" & Öl + 8 \\ <mehr> Ш🙃'

let world: RecordedWorld

beforeAll(async () => {
  world = await openRecordedWorld()
})

afterAll(() => world?.stop())

/** Walks the real helper through a reset. @returns what the helper left behind */
async function resetInWindow(employee: Employee, password: string) {
  const helper = await world.launchHelper()
  try {
    const hands = handsAt(helper.window, world.mail)
    await hands.nameAccount(employee.account)
    await hands.proveByApp(await employee.code())
    await hands.proveByMail(employee)
    await hands.choosePassword(password)
    await hands.see(headings.done)
  } finally {
    await helper.stop()
  }
  const told = ({ to, subject }: { to: string[]; subject: string }) =>
    to.includes(employee.mailbox) && subject === 'Your password was reset'
  await world.mail.waitFor(told, 10_000)
  return { output: helper.output(), files: filesIn(helper.folder) }
}

/** Everything that the backend received, sent, or keeps, by its place. */
function aroundBackend(): Map<string, Buffer> {
  const { sent, received } = world.ldaps('backend')
  const places = new Map([
    ['received from helpers', world.https.recorded('toTarget')],
    ['sent to helpers', world.https.recorded('toClient')],
    ['sent to the mail server', world.smtp.recorded('toTarget')],
    ['received from the mail server', world.smtp.recorded('toClient')],
    ['sent to the directory', sent],
    ['received from the directory', received],
    ['printed', Buffer.from(world.backend.output())],
    ...world.mail.messages().map(({ number, raw }) => [`mail ${number}`, raw] as const),
  ] as [string, Buffer][])
  for (const [name, bytes] of world.backendFiles()) places.set(`file ${name}`, bytes)
  return places
}

function placesOf(secret: string, places: Map<string, Buffer>): string[] {
  const hits = [...places].filter(([, bytes]) => findSecret(Buffer.from(bytes), secret).length > 0)
  return hits.map(([name]) => name)
}

/** Temporary passwords, as the backend sent them to the directory: UTF-16LE between quotation marks. */
function temporaryPasswords(): string[] {
  const sent = world.ldaps('backend').sent.toString('latin1')
  const quoted = sent.matchAll(/"\0((?:[^"]\0){120,})"\0/g)
  return [...quoted].map(([, text = '']) => Buffer.from(text, 'latin1').toString('utf16le'))
}

async function signsIn({ userPrincipalName }: Employee, password: string): Promise<boolean> {
  return (await trySignIn(userPrincipalName, password, world.lab.directory)) === ''
}

describe('a direct reset', () => {
  let employee: Employee
  let left: Awaited<ReturnType<typeof resetInWindow>>

  beforeAll(async () => {
    employee = await world.hire()
    left = await resetInWindow(employee, chosen)
  })

  test('reaches the domain controller with exactly what was typed', async () => {
    expect(await signsIn(employee, chosen)).toBe(true)
    expect(await signsIn(employee, employee.password)).toBe(false)
    // The search finds it where it must be: on the helper's own way to the domain controller.
    const { sent } = world.ldaps('helper')
    expect(findSecret(sent, chosen)).toEqual(expect.arrayContaining(['utf-16le', 'unicodePwd']))
  })

  test('the new password is nowhere around the backend, in any form', async () => {
    const places = aroundBackend()
    // Every place has something in it, and the search looks there.
    expect(placesOf(employee.account, places)).toEqual(
      expect.arrayContaining([
        'received from helpers',
        'sent to helpers',
        'sent to the mail server',
        'sent to the directory',
        'received from the directory',
        'file rows of the store',
      ]),
    )
    expect([...places.keys()]).toEqual(
      expect.arrayContaining([
        'file latchkey.sqlite-wal',
        'file backend.log',
        'file latchkey.json',
      ]),
    )
    for (const [name, bytes] of places) expect(bytes.length, name).toBeGreaterThan(0)
    expect(placesOf(chosen, places)).toEqual([])
  })

  test('all that is told of it are five digits of its SHA-1', () => {
    const received = world.https.recorded('toTarget').toString('latin1')
    const asked = received.matchAll(/ \/api\/v1\/passwords\/breached\/(\S*) /g)
    const prefix = hash('sha1', chosen).slice(0, 5).toUpperCase()
    expect([...new Set([...asked].map(([, told]) => told))]).toEqual([prefix])
  })

  test('nor in the memory of the backend', () => {
    const [control, found] = findInMemory(world.backend.pid(), [employee.account, chosen])
    expect(control).toContain('utf8')
    expect(found).toEqual([])
  })

  test('nor in anything that the helper wrote down', () => {
    expect(findSecret(Buffer.from(left.output), chosen)).toEqual([])
    expect(left.files.size).toBeGreaterThan(1)
    expect(placesOf(chosen, left.files)).toEqual([])
  })

  test('the temporary password went to the directory, and stayed nowhere', () => {
    const temporary = temporaryPasswords()
    expect(temporary.length).toBeGreaterThanOrEqual(1)
    for (const one of temporary) {
      expect(placesOf(one, aroundBackend())).toEqual(['sent to the directory'])
      expect(findSecret(world.ldaps('helper').sent, one)).toContain('unicodePwd')
      expect(placesOf(one, left.files)).toEqual([])
    }
  })
})

describe('a reset through the backend', () => {
  let employee: Employee
  let left: Awaited<ReturnType<typeof resetInWindow>>

  beforeAll(async () => {
    employee = await world.hire()
    world.reach(false)
    left = await resetInWindow(employee, chosenForRelay).finally(() => world.reach(true))
  })

  test('passes the new password on, so that the directory has it', async () => {
    expect(await signsIn(employee, chosenForRelay)).toBe(true)
    expect(world.https.recorded('toTarget').toString()).toContain('/relay HTTP/1.1')
    expect(findSecret(world.ldaps('helper').sent, chosenForRelay)).toEqual([])
  })

  test('receives it sealed: the only place in clear is its way to the directory', async () => {
    expect(placesOf(chosenForRelay, aroundBackend())).toEqual(['sent to the directory'])
    expect(findSecret(Buffer.from(left.output), chosenForRelay)).toEqual([])
    expect(placesOf(chosenForRelay, left.files)).toEqual([])
  })

  test('keeps no temporary password either', () => {
    for (const one of temporaryPasswords()) {
      expect(placesOf(one, aroundBackend())).toEqual(['sent to the directory'])
    }
  })
})

test('nothing of all this is in what the backend leaves behind', async () => {
  await world.backend.stop()
  const places = aroundBackend()
  expect(places.get('file checkpoints.jsonl')?.length).toBeGreaterThan(0)
  for (const secret of [chosen, chosenForRelay, ...temporaryPasswords()]) {
    const hits = placesOf(secret, places).filter((name) => name.startsWith('file '))
    expect(hits).toEqual([])
  }
  expect(await world.backend.cli('audit', 'verify')).toMatchObject({ code: 0 })
})
