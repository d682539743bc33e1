import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Certificate, createCertificateAuthority } from '../../scripts/lab/certificates.ts'
import { headings } from '../../scripts/lab/hands.ts'
import { uniqueName } from '../helpers/lab.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { helpdesk, sitDown } from './workstation.ts'

const day = 86_400_000
const forLocalhost = { commonName: 'backend', names: ['localhost'] }

let stack: Stack

beforeAll(async () => {
  stack = await openStack()
})

afterAll(() => stack?.stop())

/** Starts the backend again with another certificate, as after a change that went wrong. */
async function showCertificate({ certFile, keyFile }: Certificate): Promise<void> {
  const { backend } = stack
  await backend.stop()
  const configuration = JSON.parse(readFileSync(backend.configFile, 'utf8'))
  configuration.server.tls = { certFile, keyFile }
  writeFileSync(backend.configFile, JSON.stringify(configuration))
  await backend.start()
}

test('a service that cannot show that it is genuine is told nothing; once it can, all goes on', async () => {
  const { authority, folder, serverCertificate } = stack.lab
  const stranger = await createCertificateAuthority(join(folder, uniqueName('authority')))
  const past = { notBefore: new Date(Date.now() - 3 * day), notAfter: new Date(Date.now() - day) }
  const notGenuine = [
    await stranger.issue(forLocalhost),
    await authority.issue({ ...forLocalhost, names: ['elsewhere.example.com'] }),
    await authority.issue({ ...forLocalhost, ...past }),
  ]
  const { look, hands, page, press, words, app } = await sitDown(stack)
  for (const [index, certificate] of notGenuine.entries()) {
    await showCertificate(certificate)
    if (index === 0) await hands.nameAccount('somebody')
    else await press('Try again')
    await expect.poll(() => stack.backend.output()).toMatch(/listening/i)
    await hands.see(/^This connection is not safe/)
    await page.getByRole('button', { name: 'Try again', exact: true }).waitFor()
    expect(stack.backend.output()).not.toContain('/api/v1/recoveries')
  }
  expect(await words()).toContain('could not show that it is genuine, so nothing was sent to it')
  expect(await words()).toContain(helpdesk)
  await look('22-not-genuine')
  const windows = await app.application.evaluate(({ BrowserWindow }) => {
    return BrowserWindow.getAllWindows().length
  })
  expect(windows).toBe(1)

  await showCertificate(serverCertificate)
  await press('Try again')
  await hands.see(headings.methods)
})

test('plain http in the configuration is refused before anybody is called', async () => {
  const backendUrl = stack.backend.origin.replace('https:', 'http:')
  const { look, hands, page, words } = await sitDown(stack, { backendUrl })
  await hands.see(/^This computer is not set up for this yet/)
  expect(await words()).toContain('Please call the helpdesk.')
  expect(await page.getByRole('button', { name: /again/i }).count()).toBe(0)
  await look('23-not-set-up')
})
