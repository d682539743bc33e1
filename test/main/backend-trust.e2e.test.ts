import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type CertificateAuthority,
  type CertificateRequest,
  createCertificateAuthority,
} from '../../scripts/lab/certificates.ts'
import { temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import {
  type FakeBackend,
  homeThatTrusts,
  serveNobody,
  startHelper,
  startRecovery,
} from './start-helper.ts'

const untrusted = { ok: false, error: { code: 'backend_untrusted' } }
/** The answer of a server that was believed. */
const answered = { ok: false, error: { code: 'not_found' } }
const forLocalhost: CertificateRequest = {
  commonName: 'backend',
  names: ['localhost', '127.0.0.1'],
}

const folder = temporaryFolder('authorities')
const toStop: (() => Promise<void> | void)[] = []
let pinned: CertificateAuthority
let other: CertificateAuthority

beforeAll(async () => {
  pinned = await createCertificateAuthority(join(folder.path, 'pinned'), 'Pinned')
  other = await createCertificateAuthority(join(folder.path, 'other'), 'Other')
  return () => folder.remove()
})

afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop()
})

async function serve(authority: CertificateAuthority, changed: Partial<CertificateRequest> = {}) {
  const backend = await serveNobody(await authority.issue({ ...forLocalhost, ...changed }))
  toStop.push(backend.stop)
  return backend
}

async function ask(port: number, options: { pin?: boolean; home?: string } = {}) {
  const { pin = true, home } = options
  const settings = pin ? { caFile: pinned.caFile } : {}
  const configuration = { backendUrl: `https://localhost:${port}`, ...settings }
  const helper = await startHelper(configuration, home ? { home } : {})
  toStop.push(helper.stop)
  return startRecovery(helper.window)
}

const told = ({ requests }: FakeBackend) => requests

describe('a backend is not believed, and told nothing', () => {
  test('when its certificate comes from another authority than the pinned one', async () => {
    const backend = await serve(other)
    expect(await ask(backend.port)).toEqual(untrusted)
    expect(told(backend)).toEqual([])
  })

  test('when the machine trusts that other authority, too: a pin is a pin', async () => {
    const backend = await serve(other)
    const home = homeThatTrusts(join(folder.path, 'home-with-other'), other.caFile)
    expect(await ask(backend.port, { home })).toEqual(untrusted)
    expect(told(backend)).toEqual([])
    // The same machine without the pin believes it: so it was the pin that refused.
    expect(await ask(backend.port, { home, pin: false })).toEqual(answered)
  })

  test('when nothing is pinned and the machine does not know the authority', async () => {
    const backend = await serve(other)
    expect(await ask(backend.port, { pin: false })).toEqual(untrusted)
    expect(told(backend)).toEqual([])
  })

  test('when its certificate is for another name', async () => {
    const backend = await serve(pinned, { names: ['elsewhere.example.com'] })
    expect(await ask(backend.port)).toEqual(untrusted)
    expect(told(backend)).toEqual([])
  })

  test('when its certificate has expired', async () => {
    const day = 86_400_000
    const notBefore = new Date(Date.now() - 3 * day)
    const backend = await serve(pinned, { notBefore, notAfter: new Date(Date.now() - day) })
    expect(await ask(backend.port)).toEqual(untrusted)
    expect(told(backend)).toEqual([])
  })

  test('when it does not speak TLS at all', async () => {
    const plain = createServer((_, response) => response.end('{}'))
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    toStop.push(
      () => plain.closeAllConnections(),
      () => void plain.close(),
    )
    expect(await ask((plain.address() as AddressInfo).port)).toEqual(untrusted)
  })

  test('when it sends us somewhere else', async () => {
    const elsewhere = await serve(pinned)
    const certificate = await pinned.issue(forLocalhost)
    const backend = await serveNobody(certificate, {
      redirectTo: `https://localhost:${elsewhere.port}/`,
    })
    toStop.push(backend.stop)
    const unexpected = { ok: false, error: { code: 'backend_unexpected' } }
    expect(await ask(backend.port)).toEqual(unexpected)
    expect(told(elsewhere)).toEqual([])
  })
})

test('a backend that nobody answers for is unreachable, which is something else', async () => {
  const backend = await serve(pinned)
  await backend.stop()
  const unreachable = { ok: false, error: { code: 'backend_unreachable' } }
  expect(await ask(backend.port)).toEqual(unreachable)
})

test('a backend with a certificate from the pinned authority is asked', async () => {
  const backend = await serve(pinned)
  expect(await ask(backend.port)).toEqual(answered)
  expect(told(backend)).toEqual(['POST /api/v1/recoveries'])
})
