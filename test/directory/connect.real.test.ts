import { connect as connectPlain } from 'node:net'
import { Client } from 'ldapts'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createCertificateAuthority } from '../../scripts/lab/certificates.ts'
import { startTcpProxy, type TcpProxyOptions } from '../../scripts/lab/tcp-proxy.ts'
import { bindAsUser, openDirectory, probeController } from '../../src/directory/index.ts'
import { openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import { codeOf, connectTo, controllerOf, open, service } from './connections.ts'

let lab: TestLab
let ad: TestLab['directory']

beforeAll(async () => {
  lab = await openLab()
  ad = lab.directory
})

/** Something between us and the domain controller, as a controller. */
async function between(options: Partial<TcpProxyOptions> = {}) {
  const proxy = await startTcpProxy({ target: { host: ad.address, port: 636 }, ...options })
  onTestFinished(proxy.stop)
  return { proxy, controller: { host: ad.host, address: proxy.host, port: proxy.port } }
}

/** A server with this certificate, and the domain controller behind it. */
async function dressedAs(certificate: { keyPem: string; certPem: string }) {
  const towardsTarget = { ca: ad.caPem, servername: ad.host }
  return between({ tls: { ...certificate, towardsTarget } })
}

describe('an empty password', () => {
  // The unauthenticated bind of RFC 4513 §5.1.2: the server says yes to any name.
  test('would be let in by the domain controller itself', async () => {
    const client = new Client({
      url: `ldaps://${ad.address}`,
      tlsOptions: { ca: ad.caPem, servername: ad.host },
    })
    onTestFinished(() => client.unbind())
    await expect(client.bind('', '')).resolves.toBeUndefined()
  })

  test('is refused before anything is sent', async () => {
    const { proxy, controller } = await between()
    const options = { ...connectTo(ad), controller, controllers: [controller] }
    const bind = { name: ad.serviceAccount.userPrincipalName, password: '' }
    expect(codeOf(await openDirectory({ ...options, bind }))).toBe('empty_password')
    expect(codeOf(await bindAsUser(options, bind.name, ''))).toBe('empty_password')
    expect(proxy.connections()).toBe(0)
  })

  test.each(['', 'PLAIN', 'EXTERNAL', 'DIGEST-MD5', 'ada'])(
    'the name %j is not one to sign in with',
    async (name) => {
      const refused = await bindAsUser(connectTo(ad), name, 'x')
      expect(codeOf(refused)).toBe('invalid_credentials')
    },
  )
})

describe('a certificate', () => {
  test('that has expired is refused', async () => {
    const { controller } = await dressedAs(
      await lab.authority.issue({
        commonName: ad.host,
        names: [ad.host],
        notBefore: new Date(Date.now() - 3 * 86_400_000),
        notAfter: new Date(Date.now() - 86_400_000),
      }),
    )
    expect(codeOf(await openDirectory({ ...connectTo(ad), controller }))).toBe(
      'certificate_expired',
    )
  })

  test('that is not valid yet is refused', async () => {
    const { controller } = await dressedAs(
      await lab.authority.issue({
        commonName: ad.host,
        names: [ad.host],
        notBefore: new Date(Date.now() + 86_400_000),
        notAfter: new Date(Date.now() + 3 * 86_400_000),
      }),
    )
    expect(codeOf(await openDirectory({ ...connectTo(ad), controller }))).toBe(
      'certificate_expired',
    )
  })

  test('for another name is refused, whatever address was dialled', async () => {
    const controller = { ...controllerOf(ad), host: 'dc9.corp.example.com' }
    const refused = await openDirectory({ ...connectTo(ad), controller })
    expect(codeOf(refused)).toBe('certificate_name_mismatch')
    expect(codeOf(await probeController(controller, { caPem: [ad.caPem], timeoutMs: 2000 }))).toBe(
      'certificate_name_mismatch',
    )
  })

  test('for the address alone does not stand for the name', async () => {
    const { controller } = await dressedAs(
      await lab.authority.issue({ commonName: 'x', names: ['127.0.0.1'] }),
    )
    expect(codeOf(await openDirectory({ ...connectTo(ad), controller }))).toBe(
      'certificate_name_mismatch',
    )
  })

  test('of an authority that we do not trust is refused', async () => {
    const stranger = await createCertificateAuthority(`${lab.folder}/${uniqueName('ca')}`)
    const { controller } = await dressedAs(
      await stranger.issue({ commonName: ad.host, names: [ad.host] }),
    )
    expect(codeOf(await openDirectory({ ...connectTo(ad), controller }))).toBe(
      'certificate_untrusted',
    )
  })

  test.each([
    ['no authority is named', undefined],
    ['the list of authorities is empty', []],
  ])('is refused when %s', async (_, caPem) => {
    const refused = await openDirectory({ ...connectTo(ad), caPem })
    expect(codeOf(refused)).toBe('certificate_untrusted')
  })

  test('is refused even where the environment says not to look', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    onTestFinished(() => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    })
    const refused = await openDirectory({ ...connectTo(ad), caPem: [] })
    expect(codeOf(refused)).toBe('certificate_untrusted')
  })
})

describe('plain LDAP', () => {
  test('is open on the domain controller', async () => {
    await new Promise<void>((resolve, reject) => {
      const socket = connectPlain(389, ad.address, () => resolve(socket.destroy() && undefined))
      socket.once('error', reject)
    })
  })

  test.each([389, 3268])('is refused on port %i without a try', async (port) => {
    const refused = await openDirectory({ ...connectTo(ad), controller: { ...ad, port } })
    expect(codeOf(refused)).toBe('plaintext_refused')
  })

  test('on any other port is no answer to us', async () => {
    const { controller } = await between({ target: { host: ad.address, port: 389 } })
    const refused = await openDirectory({ ...connectTo(ad), controller })
    expect(['unreachable', 'protocol_error', 'timeout']).toContain(codeOf(refused))
  })
})

describe('a controller that cannot be reached', () => {
  test('nobody listens', async () => {
    const controller = { ...controllerOf(ad), port: 6 }
    expect(codeOf(await openDirectory({ ...connectTo(ad), controller }))).toBe('unreachable')
  })

  test('the name does not exist', async () => {
    const controller = { host: 'nowhere.invalid', port: 636 }
    expect(codeOf(await openDirectory({ ...connectTo(ad), controller }))).toBe('unreachable')
  })

  test('somebody accepts and then says nothing', async () => {
    const { proxy, controller } = await between()
    proxy.setMode({ kind: 'hang' })
    const startedAt = Date.now()
    const refused = await openDirectory({ ...connectTo(ad), controller, connectTimeoutMs: 300 })
    expect(codeOf(refused)).toBe('timeout')
    expect(Date.now() - startedAt).toBeLessThan(2000)
  })

  test('it goes silent between the handshake and the answer to the bind', async () => {
    const { proxy, controller } = await between()
    const probed = await probeController(controller, { caPem: [ad.caPem], timeoutMs: 2000 })
    expect(probed.ok && probed.value.tlsMs).toBeGreaterThan(0)
    // What the handshake takes passes; the answer to the bind does not.
    const handshake = proxy.recorded('toClient').length
    proxy.setMode({ kind: 'cut', direction: 'toClient', afterBytes: handshake })
    const refused = await openDirectory({ ...connectTo(ad), controller, operationTimeoutMs: 500 })
    expect(['unreachable', 'timeout']).toContain(codeOf(refused))
  })
})

describe('an open connection', () => {
  test('that was lost stays lost, and is never used without having signed in', async () => {
    const { proxy, controller } = await between()
    const opened = await openDirectory({ ...connectTo(ad), controller })
    if (!opened.ok) throw new Error(opened.error.detail)
    const connection = opened.value
    proxy.dropAll()
    await expect.poll(connection.isOpen).toBe(false)
    const before = proxy.connections()
    expect(codeOf(await connection.search({ base: '', attributes: ['dnsHostName'] }))).toBe(
      'unreachable',
    )
    expect(codeOf(await connection.modify(ad.serviceAccount.dn, []))).toBe('unreachable')
    expect(proxy.connections()).toBe(before)
    await connection.close()
    await connection.close()
  })

  test('that breaks while it is asked answers, and throws nowhere', async () => {
    const { proxy, controller } = await between()
    const opened = await openDirectory({ ...connectTo(ad), controller })
    if (!opened.ok) throw new Error(opened.error.detail)
    proxy.setMode({ kind: 'cut', direction: 'toClient', afterBytes: 10 })
    const answers = await Promise.all(
      [1, 2, 3].map(() => opened.value.search({ base: '', attributes: ['dnsHostName'] })),
    )
    expect(answers.map(codeOf)).toEqual(['unreachable', 'unreachable', 'unreachable'])
    await opened.value.close()
  })

  test('runs on TLS 1.2 or later and asks for its own account', async () => {
    const connection = await open(ad, service(ad))
    const self = await connection.search({ base: ad.serviceAccount.dn, attributes: ['cn'] })
    expect(self.ok && self.value[0]?.values.get('cn')).toEqual([ad.serviceAccount.name])
  })
})
