import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type ConnectionOptions,
  createServer as createTlsServer,
  TLSSocket,
  connect as tlsConnect,
} from 'node:tls'

export type Direction = 'toTarget' | 'toClient'

/** What the proxy does with connections, present and future. */
export type ProxyMode =
  | { kind: 'pass' }
  /** Holds every piece back for so long, in both directions. */
  | { kind: 'delay'; delayMs: number }
  /** Resets each connection after exactly so many bytes in one direction, counted from now on. */
  | { kind: 'cut'; direction: Direction; afterBytes: number }
  /** Resets new connections at once. */
  | { kind: 'refuse' }
  /** Accepts and then stays silent: nothing passes, nothing closes. */
  | { kind: 'hang' }

/** What arrived at once, on its way. */
export interface Piece {
  direction: Direction
  data: Buffer
  /** 1 for the first connection that was accepted. */
  connection: number
  /** The port that the client came from. */
  clientPort: number
}

export interface TcpProxyOptions {
  target: { host: string; port: number }
  host?: string
  /** Default: a free one. */
  port?: number
  /** Ends TLS here and begins it anew towards the target, so that what is recorded is readable. */
  tls?: { keyPem: string; certPem: string; towardsTarget: ConnectionOptions }
  /** Asked before each piece is passed on, which waits for the answer; `false` resets the connection. */
  onPiece?: (piece: Piece) => boolean | Promise<boolean>
}

export interface TcpProxy {
  host: string
  port: number
  setMode(mode: ProxyMode): void
  /** Everything that passed in one direction so far, all connections one after the other. */
  recorded(direction: Direction): Buffer
  /** The same of each connection by itself, in the order in which they were accepted. */
  recordings(): Recording[]
  /** How many connections were accepted so far. */
  connections(): number
  /** Resets all open connections. */
  dropAll(): void
  stop(): Promise<void>
}

export interface Recording {
  clientPort: number
  toTarget: Buffer
  toClient: Buffer
}

/** Starts a TCP proxy that can misbehave in the ways networks do. */
export async function startTcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const host = options.host ?? '127.0.0.1'
  const pairs = new Set<Pair>()
  const records: Pair['record'][] = []
  let mode: ProxyMode = { kind: 'pass' }
  let accepted = 0

  const forward = async (pair: Pair, direction: Direction, data: Buffer, due: number) => {
    const to = direction === 'toTarget' ? pair.target : pair.client
    if (due > Date.now()) await pause(due - Date.now())
    const { number: connection, clientPort } = pair.record
    const piece = { direction, data, connection, clientPort }
    if (options.onPiece && !(await options.onPiece(piece))) return reset(pair)
    if (to.destroyed) return
    if (mode.kind !== 'cut' || mode.direction !== direction) {
      pair.record[direction].push(data)
      to.write(data)
      return
    }
    const passed = data.subarray(0, pair.left)
    pair.left -= passed.length
    pair.record[direction].push(passed)
    to.write(passed, () => {
      if (pair.left === 0) reset(pair)
    })
  }

  const link = (pair: Pair, direction: Direction, from: Socket, to: Socket) => {
    // One piece after the other, each as long after its arrival as the mode says.
    let queue: Promise<unknown> = Promise.resolve()
    from.on('data', (data: Buffer) => {
      const due = mode.kind === 'delay' ? Date.now() + mode.delayMs : 0
      queue = queue.then(() => forward(pair, direction, data, due))
    })
    from.once('end', () => queue.then(() => to.end()))
    from.once('close', (failed) => queue.then(() => (failed ? reset(pair) : to.end())))
    from.on('error', () => {})
    if (mode.kind === 'hang') from.pause()
  }

  const accept = (client: Socket) => {
    accepted += 1
    if (mode.kind === 'refuse') return destroy(client.on('error', () => {}))
    const clientPort = client.remotePort ?? 0
    const record: Pair['record'] = { number: accepted, clientPort, toTarget: [], toClient: [] }
    const left = mode.kind === 'cut' ? mode.afterBytes : 0
    const pair: Pair = { client, target: connectTarget(options), left, record }
    pairs.add(pair)
    records.push(record)
    link(pair, 'toTarget', client, pair.target)
    link(pair, 'toClient', pair.target, client)
    client.once('close', () => pairs.delete(pair))
  }

  const server = options.tls
    ? createTlsServer({ key: options.tls.keyPem, cert: options.tls.certPem }, accept)
    : createServer(accept)
  const port = await listen(server, options.port ?? 0, host)
  const dropAll = () => {
    for (const pair of pairs) reset(pair)
  }
  return {
    host,
    port,
    setMode(next) {
      mode = next
      for (const pair of pairs) {
        pair.left = next.kind === 'cut' ? next.afterBytes : 0
        for (const socket of [pair.client, pair.target]) {
          if (next.kind === 'hang') socket.pause()
          else socket.resume()
        }
      }
    },
    recorded: (direction) => Buffer.concat(records.flatMap((record) => record[direction])),
    recordings: () =>
      records.map(({ clientPort, toTarget, toClient }) => ({
        ...{ clientPort, toTarget: Buffer.concat(toTarget), toClient: Buffer.concat(toClient) },
      })),
    connections: () => accepted,
    dropAll,
    async stop() {
      const closed = new Promise((settle) => server.close(settle))
      dropAll()
      await closed
    },
  }
}

interface Pair {
  client: Socket
  target: Socket
  /** Bytes until the cut, for `cut`. */
  left: number
  record: Record<Direction, Buffer[]> & { number: number; clientPort: number }
}

function connectTarget({ target, tls }: TcpProxyOptions): Socket {
  if (!tls) return connect(target.port, target.host)
  return tlsConnect({ ...tls.towardsTarget, host: target.host, port: target.port })
}

function reset(pair: Pair): void {
  destroy(pair.client)
  destroy(pair.target)
}

function destroy(socket: Socket): void {
  // Only plain sockets can be reset; a TLS one ends without its closing message.
  if (socket instanceof TLSSocket || socket.connecting) socket.destroy()
  else socket.resetAndDestroy()
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((settle, refuse) => {
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      settle((server.address() as AddressInfo).port)
    })
  })
}
