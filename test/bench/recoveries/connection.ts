import { connect, type TLSSocket } from 'node:tls'

export interface Answer {
  status: number
  body: string
}

/**
 * One HTTPS connection that is kept open, with one request on it at a time. By hand, so that the
 * load generator takes as little as possible of the processors that it shares with what it measures.
 */
export interface Connection {
  post(path: string, headers: string, body: string): Promise<Answer>
  close(): void
}

const HEAD_END = '\r\n\r\n'

export async function openConnection(port: number, caPem: string): Promise<Connection> {
  const socket = await dial(port, caPem)
  let received: Buffer = Buffer.alloc(0)
  let waiting: { settle(answer: Answer): void; refuse(error: Error): void } | null = null
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const answer = waiting && readAnswer(received)
    if (!answer) return
    received = Buffer.alloc(0)
    const { settle } = waiting as { settle(answer: Answer): void }
    waiting = null
    settle(answer)
  })
  const fail = (error: Error) => waiting?.refuse(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  return {
    post(path, headers, body) {
      const head = `POST ${path} HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`
      return new Promise((settle, refuse) => {
        waiting = { settle, refuse }
        socket.write(head + body)
      })
    },
    close: () => socket.destroy(),
  }
}

function dial(port: number, caPem: string): Promise<TLSSocket> {
  return new Promise((settle, refuse) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca: caPem }, () => {
      socket.off('error', refuse)
      settle(socket)
    })
    socket.setNoDelay(true)
    socket.once('error', refuse)
  })
}

/** @returns null when it is not all there yet */
function readAnswer(bytes: Buffer): Answer | null {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 'NaN')
  if (Number.isNaN(length)) throw new Error(`an answer without a length: ${head}`)
  const start = end + HEAD_END.length
  if (bytes.length < start + length) return null
  return { status: Number(head.slice(9, 12)), body: bytes.toString('utf8', start, start + length) }
}
