import type { Piece } from '../../scripts/lab/tcp-proxy.ts'
import type { Watch } from './points.ts'

/** Names a request on one connection; null for what is not worth a point. */
type Namer = (data: Buffer) => string | null

/**
 * Asks the watch about each request on a wire, and about the first piece of its answer.
 *
 * @param namer - makes the namer of one connection
 */
export function watchWire(watch: Watch, leg: string, namer: () => Namer) {
  const connections = new Map<number, { name: Namer; open: string | null }>()
  return async ({ connection, direction, data }: Piece): Promise<boolean> => {
    const known = connections.get(connection) ?? { name: namer(), open: null }
    connections.set(connection, known)
    if (direction === 'toTarget') {
      const label = known.name(data)
      if (label === null) return true
      known.open = label
      return watch.meet(leg, label, 'before')
    }
    const label = known.open
    known.open = null
    return label === null ? true : watch.meet(leg, label, 'after')
  }
}

/** `POST /commit`: the path without the names in it. */
export function nameHttp(): Namer {
  return (data) => {
    const [, method, path] = /^(GET|POST|DELETE) (\S+) HTTP/.exec(data.toString('latin1')) ?? []
    if (method === undefined || path === undefined) return null
    // The list of leaked passwords: asked before anything is written, and by nobody in particular.
    if (path.startsWith('/api/v1/passwords/')) return null
    return `${method} /${path.split('/').slice(5).join('/')}`
  }
}

/** The operations of LDAP by their tags (RFC 4511 §4.2-4.6). */
const operations: Record<number, string> = { 96: 'bind', 99: 'search', 102: 'modify' }

export function nameLdap(): Namer {
  return (data) => {
    if (data[0] !== 0x30) return null
    const lengthBytes = (data[1] ?? 0) & 0x80 ? ((data[1] ?? 0) & 0x7f) + 1 : 1
    // The message's number follows, an INTEGER; then the operation.
    const number = 1 + lengthBytes
    const tag = data[number + 2 + (data[number + 1] ?? 0)] ?? 0
    return operations[tag] ?? null
  }
}

/** Commits of PostgreSQL that write something; a death before one is a death before it. */
export function namePostgres(): Namer {
  const statements = new Map<string, string>()
  let wrote = false
  return (data) => {
    let label: string | null = null
    for (const sql of statementsIn(data, statements)) {
      if (sql.startsWith('begin')) wrote = false
      // Mail that is sent beside the requests is none of the walk's business.
      if (/^(insert into|update|delete from) (?!"outbox")|^select audit_append/.test(sql))
        wrote = true
      if (sql === 'commit' && wrote) label = 'commit'
    }
    return label
  }
}

/** The statements that a client sends: Query, and Parse or Bind of a named one (PostgreSQL, chapter 55.7). */
function statementsIn(data: Buffer, known: Map<string, string>): string[] {
  const found: string[] = []
  // The very first message has no type.
  if (data[0] === 0) return found
  for (let at = 0; at + 5 <= data.length; at += 1 + data.readUInt32BE(at + 1)) {
    const type = String.fromCharCode(data[at] ?? 0)
    const body = data.subarray(at + 5, at + 1 + data.readUInt32BE(at + 1)).toString('latin1')
    const [first = '', second = ''] = body.split('\0')
    if (type === 'Q') found.push(first)
    if (type === 'P') known.set(first, second)
    if (type === 'B') found.push(known.get(second) ?? '')
  }
  return found
}
