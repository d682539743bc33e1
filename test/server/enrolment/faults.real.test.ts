import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { mailedCode } from '../../../scripts/lab/employee.ts'
import { startTcpProxy, type TcpProxy } from '../../../scripts/lab/tcp-proxy.ts'
import { openLab } from '../../helpers/lab.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'
import { newClient } from '../session/portal-client.ts'
import { addTotp, newPerson, newSigned } from './people.ts'

// The directory or the mail server is away.

let stack: Stack
let directory: TcpProxy
let mail: TcpProxy

beforeAll(async () => {
  const lab = await openLab()
  const { address, port, host } = lab.directory
  directory = await startTcpProxy({ target: { host: address, port } })
  mail = await startTcpProxy({ target: lab.mail })
  stack = await openStack({
    sections: {
      directory: { controllers: [{ host, port: directory.port, address: directory.host }] },
      mail: { host: mail.host, port: mail.port },
    },
  })
})

afterAll(async () => {
  await stack?.stop()
  await directory?.stop()
  await mail?.stop()
})

beforeEach(() => {
  directory.setMode({ kind: 'pass' })
  mail.setMode({ kind: 'pass' })
})

function away(proxy: TcpProxy): void {
  proxy.setMode({ kind: 'refuse' })
  proxy.dropAll()
}

it('without a domain controller nobody gets in, and nobody is counted as guessing', async () => {
  const person = await newPerson(stack)
  const client = newClient(stack)
  const { account, password } = person
  away(directory)
  for (let tries = 0; tries < 5; tries += 1) {
    const { status, body, headers } = await client.send('POST', '/session', { account, password })
    expect(status).toBe(503)
    expect(body.code).toBe('directory_unavailable')
    expect(headers['set-cookie']).toBeUndefined()
  }
  directory.setMode({ kind: 'pass' })
  await expect
    .poll(async () => (await client.send('POST', '/session', { account, password })).status, {
      timeout: 20_000,
    })
    .toBe(200)
})

it('without a domain controller nothing is changed on trust, and the session lasts', async () => {
  const person = await newSigned(stack)
  const { methodId } = await addTotp(person.client)
  away(directory)
  for (const [method, path, body] of [
    ['POST', '/me/methods/email', { address: person.mailbox }],
    ['POST', '/me/methods/totp', { label: 'Tablet' }],
    ['POST', `/me/methods/${methodId}/confirm`, { code: '000000' }],
    ['DELETE', `/me/methods/${methodId}`, undefined],
  ] as const) {
    const refused = await person.client.send(method, path, body)
    expect(refused.status, path).toBe(503)
    expect(refused.body.code, path).toBe('directory_unavailable')
  }
  expect((await person.client.send('GET', '/me/methods')).body.methods).toHaveLength(1)
})

it('without a mail server the code waits, and the answer is the same', async () => {
  const person = await newSigned(stack)
  away(mail)
  const since = Date.now()
  const begun = await person.client.send('POST', '/me/methods/email', { address: person.mailbox })
  expect(begun.status).toBe(200)
  await new Promise((settle) => setTimeout(settle, 1500))
  mail.setMode({ kind: 'pass' })
  const code = await mailedCode(stack.lab.mail, person.mailbox, since)
  const path = `/me/methods/${begun.body.methodId}/confirm`
  expect((await person.client.send('POST', path, { code })).status).toBe(200)
})
