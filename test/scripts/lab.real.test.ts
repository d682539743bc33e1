import { connect } from 'node:tls'
import { createTransport } from 'nodemailer'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, openLab, type TestLab, uniqueName } from '../helpers/lab.ts'

let lab: TestLab

beforeAll(async () => {
  lab = await openLab()
})

describe('the shared lab', () => {
  it('has a domain controller whose certificate is from its authority', async () => {
    const { address, host, port } = lab.directory
    const socket = connect({ host: address, port, servername: host, ca: lab.caPem })
    await new Promise((settle, refuse) =>
      socket.once('secureConnect', settle).once('error', refuse),
    )
    expect(socket.authorized).toBe(true)
    socket.destroy()
  })

  it('makes users in the delegated unit', async () => {
    const name = uniqueName('user')
    const user = await lab.directory.createUser({ name })
    expect(user.dn.endsWith(lab.directory.usersOu)).toBe(true)
    expect(await lab.directory.readAttribute(user.dn, 'sAMAccountName')).toBe(name)
  })

  it('issues certificates in the test process too', async () => {
    const { certPem } = await lab.authority.issue({ commonName: 'x', names: ['localhost'] })
    expect(certPem).toContain('BEGIN CERTIFICATE')
  })

  it('takes mail over TLS only', async () => {
    const { host, port } = lab.mail
    const to = `${uniqueName('to')}@example.com`
    const message = { from: 'a@example.com', to, subject: 'Grüße', text: '1234' }
    const plain = createTransport({ host, port, ignoreTLS: true })
    await expect(plain.sendMail(message)).rejects.toThrow('STARTTLS first')
    await createTransport({ host, port, requireTLS: true, tls: { ca: lab.caPem } }).sendMail(
      message,
    )
    const mail = await lab.mail.waitFor((candidate) => candidate.to.includes(to), 5_000)
    expect(mail).toMatchObject({ subject: 'Grüße', from: 'a@example.com', secure: true })
    expect(mail.text.trim()).toBe('1234')
  })

  it('gives each test a database of its own', async () => {
    const database = await createTestDatabase()
    afterAll(database.remove)
    const client = new Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query('show fsync')
    expect(rows).toEqual([{ fsync: 'on' }])
    await client.end()
  })
})
