import { createSocket, type Socket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { expect, onTestFinished, test } from 'vitest'
import { discoverControllers } from '../../src/directory/index.ts'
import { codeOf, unwrap } from './connections.ts'

type Service = { target: string; priority: number; weight: number }

/** A DNS server that knows these SRV records and nothing else (RFC 1035 §4, RFC 2782). */
async function dnsWith(zone: Record<string, Service[]>): Promise<Resolver> {
  const server = createSocket('udp4')
  server.on('message', (query, { port, address }) => {
    const { name, end } = readName(query, 12)
    server.send(answer(query, end + 4, zone[name] ?? []), port, address)
  })
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return resolverOf(server)
}

function resolverOf(server: Socket): Resolver {
  const resolver = new Resolver({ timeout: 500, tries: 1 })
  resolver.setServers([`127.0.0.1:${server.address().port}`])
  return resolver
}

function readName(message: Buffer, at: number): { name: string; end: number } {
  const labels: string[] = []
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

function answer(query: Buffer, questionEnd: number, services: Service[]): Buffer {
  const head = Buffer.from(query.subarray(0, questionEnd))
  // A response; "no such name" when there is nothing to say.
  head.writeUInt16BE(services.length > 0 ? 0x8180 : 0x8183, 2)
  head.writeUInt16BE(services.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, ...services.map(record)])
}

function record({ target, priority, weight }: Service): Buffer {
  const labels = target.split('.').map((label) => String.fromCharCode(label.length) + label)
  const name = Buffer.from(`${labels.join('')}\0`, 'latin1')
  const data = Buffer.alloc(6)
  data.writeUInt16BE(priority, 0)
  data.writeUInt16BE(weight, 2)
  data.writeUInt16BE(389, 4)
  const front = Buffer.from([0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, 6 + name.length])
  return Buffer.concat([front, data, name])
}

const all = '_ldap._tcp.dc._msdcs.corp.example.com'
const pdc = '_ldap._tcp.pdc._msdcs.corp.example.com'
const service = (target: string, priority = 0, weight = 100) => ({ target, priority, weight })

test.each(['', 'corp', 'corp..example.com', 'corp example.com', `${'a.'.repeat(200)}com`])(
  'does not ask for %j',
  async (domain) => {
    const resolver = {
      resolveSrv: () => Promise.reject(new Error('asked')),
    }
    expect(codeOf(await discoverControllers(domain, resolver))).toBe('not_found')
  },
)

test('says when there is no such domain', async () => {
  expect(codeOf(await discoverControllers('corp.example.com', await dnsWith({})))).toBe('not_found')
})

test('says when nobody answers', async () => {
  const silent = createSocket('udp4')
  await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  expect(codeOf(await discoverControllers('corp.example.com', resolverOf(silent)))).toBe(
    'unreachable',
  )
})

test('leaves out names that are not of the domain', async () => {
  const resolver = await dnsWith({
    [all]: [
      service('dc1.elsewhere.example'),
      service('dc.evilcorp.example.com'),
      service('dc1.corp.example.com'),
    ],
  })
  expect(unwrap(await discoverControllers('corp.example.com', resolver))).toEqual([
    { host: 'dc1.corp.example.com', port: 636 },
  ])
})

test('puts the PDC emulator first, then goes by priority and weight, and speaks only LDAPS', async () => {
  const resolver = await dnsWith({
    [all]: [
      service('DC4.corp.example.com', 5),
      service('dc3.corp.example.com', 0, 10),
      service('dc2.corp.example.com', 0, 90),
      service('dc1.corp.example.com', 9),
    ],
    [pdc]: [service('dc1.corp.example.com')],
  })
  const found = unwrap(await discoverControllers('CORP.Example.com', resolver))
  expect(found.map(({ host }) => host.split('.')[0])).toEqual(['dc1', 'dc2', 'dc3', 'dc4'])
  expect(new Set(found.map(({ port }) => port))).toEqual(new Set([636]))
})

test('does without the PDC emulator when nobody names it', async () => {
  const resolver = await dnsWith({ [all]: [service('dc2.corp.example.com')] })
  expect(unwrap(await discoverControllers('corp.example.com', resolver))).toHaveLength(1)
})
