import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uniqueName } from '../../helpers/lab.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'
import { newClient } from '../session/portal-client.ts'
import { addMail, addTotp, beginMail, codeOf, mailedStepUp, newSigned } from './people.ts'

// What enrolment leaves behind, on disk and in the audit log.

let stack: Stack

beforeAll(async () => {
  stack = await openStack({
    // Without checkpoints, which are tested elsewhere, `audit verify` checks the chain alone.
    sections: { policy: { allowDirectoryMailbox: true }, audit: { checkpointFile: undefined } },
  })
})

afterAll(async () => {
  await stack?.stop()
})

/** Everything that the backend has written: store, journal of the store, log, checkpoints. */
function written(): Buffer {
  const folder = dirname(stack.backend.configFile)
  const files = readdirSync(folder).map((name) => join(folder, name))
  return Buffer.concat(
    files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)),
  )
}

function auditOf({ backend }: Stack): { event: string; fields: Record<string, unknown> }[] {
  const file = join(dirname(backend.configFile), 'latchkey.sqlite')
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = database.prepare('select body from audit_entries order by seq').all()
    return rows.map(({ body }) => JSON.parse(String(body)))
  } finally {
    database.close()
  }
}

it('no secret lies open anywhere', async () => {
  const person = await newSigned(stack)
  const tokens = [person.client.cookie]
  const pending = await beginMail(stack, person.client, `second-${person.mailbox}`)
  const mailId = await addMail(stack, person.client, person.mailbox)
  tokens.push(person.client.cookie)
  const stepUp = await mailedStepUp(stack, person.client, mailId, person.mailbox)
  const totp = await addTotp(person.client)
  tokens.push(person.client.cookie)
  await person.client.send('POST', '/session', {
    account: person.account,
    password: 'Wrong-Canary-77',
  })
  // Typed into the wrong field, as people do.
  await person.client.send('POST', '/session', { account: 'Canary-In-The-Name', password: 'x' })
  await person.client.send('POST', '/me/methods/totp', { label: 'Phone', secret: 'Canary-Extra' })
  const canaries = {
    seed: totp.secret,
    mailbox: person.mailbox,
    password: person.password,
    wrongPassword: 'Wrong-Canary-77',
    nameField: 'Canary-In-The-Name',
    extra: 'Canary-Extra',
    ...Object.fromEntries(tokens.map((token, at) => [`token ${at}`, token.split('=')[1] ?? ''])),
  }
  const bytes = written()
  expect(bytes.length).toBeGreaterThan(10_000)
  expect(bytes.includes(person.account)).toBe(true)
  for (const [name, canary] of Object.entries(canaries)) {
    expect(canary.length, name).toBeGreaterThan(8)
    for (const encoding of ['utf8', 'utf16le', 'base64'] as const) {
      const needle =
        encoding === 'base64'
          ? Buffer.from(
              Buffer.from(canary)
                .toString('base64')
                .replace(/.{2}=*$/, ''),
            )
          : Buffer.from(canary, encoding)
      expect(bytes.includes(needle), `${name} in ${encoding}`).toBe(false)
    }
  }
  // Codes are short, so they are looked for where they would be: next to their own words.
  for (const code of [pending.code, stepUp]) {
    expect(bytes.includes(`"code":"${code}"`)).toBe(false)
    expect(bytes.includes(`"${code}"`)).toBe(false)
  }
})

describe('the audit log', () => {
  it('tells that a right password which must be changed was shown', async () => {
    const name = uniqueName('own')
    const { password } = await stack.lab.directory.createUser({ name, mustChange: true })
    await newClient(stack).send('POST', '/session', { account: name, password })
    const refused = auditOf(stack).filter(({ fields }) => fields.accountTyped === name)
    expect(refused).toMatchObject([
      { event: 'session.refused', fields: { reason: 'password_must_change' } },
    ])
  })

  it('tells who did what, and its chain holds', async () => {
    const person = await newSigned(stack)
    const mailId = await addMail(stack, person.client, person.mailbox)
    const totp = await addTotp(person.client)
    const proof = { kind: 'totp', code: await codeOf(totp.secret) }
    await person.client.send('POST', `/session/step-up/${totp.methodId}/verify`, proof)
    await person.client.send('POST', `/session/step-up/${totp.methodId}/verify`, proof)
    await person.client.send('DELETE', `/me/methods/${mailId}`)
    await person.client.send('DELETE', '/session')
    const shown = await stack.backend.cli('audit', 'verify')
    expect(shown.code, shown.output).toBe(0)
    const events = auditOf(stack)
      .map(({ event }) => event)
      .filter((event) => /^(session|method)/.test(event))
    expect(new Set(events)).toEqual(
      new Set([
        ...['session.opened', 'session.refused', 'session.stepped_up', 'session.step_up_refused'],
        ...['session.challenged', 'session.closed'],
        ...['method.begun', 'method.added', 'method.removed'],
      ]),
    )
  })
})

it('the work mailbox is accepted where the policy says so, and still only by its code', async () => {
  const person = await newSigned(stack)
  const { methodId, code } = await beginMail(stack, person.client, person.mail)
  expect((await person.client.send('GET', '/me/methods')).body.methods).toEqual([])
  const confirmed = await person.client.send('POST', `/me/methods/${methodId}/confirm`, { code })
  expect(confirmed.body.methods).toHaveLength(1)
})
