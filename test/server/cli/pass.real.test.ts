import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uniqueName } from '../../helpers/lab.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'

// The helpdesk's command, as people of the helpdesk give it: refusals first.

let stack: Stack
let anna: string
let ben: string

const shape = /[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){2}/

beforeAll(async () => {
  const methods = ['totp', 'recoveryCode', 'temporaryPass', 'email']
  stack = await openStack({ sections: { policy: { methods } } })
  anna = await newAgent()
  ben = await newAgent()
})

afterAll(() => stack?.stop())

async function newAgent(): Promise<string> {
  const { name } = await stack.lab.directory.createUser({ name: uniqueName('agent') })
  return name
}

/** Somebody without any method. */
async function newCaller(): Promise<string> {
  const name = uniqueName('caller')
  await stack.lab.directory.createUser({ name, mail: `${name}@corp.example.com` })
  return name
}

/** By a group in between, as it happens. */
async function newAdministrator(): Promise<string> {
  const { directory } = stack.lab
  const { name, dn } = await directory.createUser({ name: uniqueName('admin') })
  const group = await directory.createGroup(uniqueName('nested'), [dn])
  await directory.addMember(`CN=Domain Admins,CN=Users,${directory.baseDn}`, group)
  return name
}

const as = (user: string, ...args: string[]) => stack.backend.cliAs(user, 'pass', ...args)
const reason = ['--reason', 'INC-4711, phone lost, known by voice']
const printed = ['--deliver', 'print', '--print-reason', 'no private address']

const mails = (to: string, since: number, text: RegExp) =>
  stack.lab.mail.waitFor(
    (letter) => letter.to.includes(to) && letter.receivedAt >= since && text.test(letter.text),
    20_000,
  )

describe('refused, with a sentence that helps:', () => {
  it.each([
    ['without a reason', ['issue', 'somebody']],
    ['without a reason for printing', ['issue', 'somebody', ...reason, '--deliver', 'print']],
    ['with a way to deliver that there is not', ['issue', 'x', ...reason, '--deliver', 'pigeon']],
  ])('a command line %s', async (_, args) => {
    const { code, output } = await as(anna, ...args)
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('Usage: ') })
  })

  it('an agent for themselves, under each of their names', async () => {
    for (const name of [anna, anna.toUpperCase(), `CORP\\${anna}`, `${anna}@corp.example.com`]) {
      const { code, output } = await as(anna, 'issue', name, ...reason, ...printed)
      expect({ code, output }).toMatchObject({ code: 1, output: expect.stringMatching(/own hand/) })
    }
    // Nor by saying that they are somebody else, or as a user whom the directory does not know.
    const denied = await as(anna, 'issue', anna, ...reason, ...printed, '--as', ben)
    expect(denied.output).toMatch(/You are/)
    const named = await as('root', 'issue', anna, ...reason, ...printed, '--as', anna)
    expect(named.output).toMatch(/own hand/)
  })

  it('somebody whom the directory does not know', async () => {
    const { code, output } = await as('nobody-here', 'issue', anna, ...reason, ...printed)
    expect(code).toBe(1)
    expect(output).toMatch(/Who are you\?.*--as ACCOUNT/)
  })

  it('for nobody, for too long, and to be mailed where there is no private address', async () => {
    const caller = await newCaller()
    const nobody = await as(anna, 'issue', uniqueName('nobody'), ...reason, ...printed)
    expect(nobody.output).toMatch(/No account has the name/)
    const long = await as(anna, 'issue', caller, ...reason, ...printed, '--minutes', '1441')
    expect(long.output).toMatch(/10 to 1440 minutes/)
    const mailed = await as(anna, 'issue', caller, ...reason)
    expect(mailed.output).toMatch(/No private mail address or number.*--deliver print/)
    for (const { code, output } of [nobody, long, mailed]) {
      expect(code).toBe(1)
      expect(output).not.toMatch(shape)
    }
  })

  it('one person for a member of a protected group; a second one approves', async () => {
    const admin = await newAdministrator()
    const asked = await as(anna, 'issue', admin, ...reason, ...printed)
    expect(asked).toMatchObject({ code: 0, output: expect.stringMatching(/second person/) })
    expect(asked.output).not.toMatch(shape)
    const id = /pass approve (\S+)/.exec(asked.output)?.[1] ?? ''
    expect((await as(anna, 'approve', id)).output).toMatch(/another one/)
    // Another name does not make another person.
    expect((await as(anna, 'approve', id, '--as', ben)).output).toMatch(/You are/)
    const unknown = await as('root', 'approve', id, '--as', anna)
    expect(unknown.output).toMatch(/another one/)
    expect((await as(admin, 'approve', id)).output).toMatch(/own hand/)
    const approved = await as(ben, 'approve', id)
    expect(approved).toMatchObject({ code: 0, output: expect.stringMatching(shape) })
    expect((await as(ben, 'approve', id)).output).toMatch(/Too late/)
  })
})

describe('issued:', () => {
  it('mailed to the private address, never shown, and every address is told', async () => {
    const since = Date.now()
    const { account, mailbox } = await stack.hire()
    const { code, output } = await as(anna, 'issue', account, ...reason, '--minutes', '30')
    expect(code, output).toBe(0)
    expect(output).not.toMatch(shape)
    expect(output).toContain(`sent to ${mailbox[0]}•••@home.example`)
    const letter = await mails(mailbox, since, shape)
    expect(letter.subject).not.toMatch(shape)
    for (const address of [mailbox, `${account}@corp.example.com`]) {
      const told = await mails(address, since, /issued a temporary pass/)
      expect(told.text).not.toMatch(shape)
    }
    expect((await stack.backend.cli('user', 'show', account)).output).toMatch(
      /temporaryPass.*until/,
    )
  })

  it('printed with a reason, listed without the code, and taken back', async () => {
    const caller = await newCaller()
    const { output } = await as(anna, 'issue', caller, ...reason, ...printed, '--json')
    const { passId, code, sentTo } = JSON.parse(output)
    expect(sentTo).toEqual([])
    expect(code).toMatch(shape)
    const listed = (await as(ben, 'list')).output
    expect(listed).toContain(`${caller}: issued`)
    expect(listed).toContain('INC-4711')
    expect(listed).not.toMatch(shape)
    expect(await as(ben, 'revoke', passId)).toMatchObject({ code: 0 })
    expect((await as(ben, 'revoke', passId)).output).toMatch(/Too late/)
    expect((await as(ben, 'list')).output).toContain(`${caller}: revoked`)
  })
})

it('what happened is in the audit log, and no code is anywhere on disk', async () => {
  const caller = await newCaller()
  const { output } = await as(anna, 'issue', caller, ...reason, ...printed, '--json')
  const { code } = JSON.parse(output)
  const folder = dirname(stack.backend.configFile)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
  const bytes = Buffer.concat(files.map((file) => readFileSync(file)))
  for (const event of ['issued', 'sent', 'revoked', 'refused', 'requested', 'approved']) {
    expect(bytes.includes(`"event":"pass.${event}"`), event).toBe(true)
  }
  expect(bytes.includes('"printReason":"no private address"')).toBe(true)
  for (const canary of [code, code.replaceAll('-', '')]) {
    for (const form of [canary, canary.toLowerCase()]) {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        expect(bytes.includes(Buffer.from(form, encoding)), `${form} in ${encoding}`).toBe(false)
      }
      const base64 = Buffer.from(form)
        .toString('base64')
        .replace(/.{2}=*$/, '')
      expect(bytes.includes(base64), `${form} in base64`).toBe(false)
    }
  }
})
