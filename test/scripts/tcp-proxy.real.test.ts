import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createServer as createTlsServer, connect as tlsConnect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTcpProxy, type TcpProxy } from '../../scripts/lab/tcp-proxy.ts'
import { openLab } from '../helpers/lab.ts'

let echo: Server
let proxy: TcpProxy
const atTarget: Buffer[] = []

const answer = (socket: Socket) => {
  socket.on('error', () => {}).on('data', (data) => atTarget.push(data) && socket.write(data))
}

const listening = async (server: Server) => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { host: '127.0.0.1', port: (server.address() as { port: number }).port }
}

beforeEach(async () => {
  atTarget.length = 0
  echo = createServer(answer)
  proxy = await startTcpProxy({ target: await listening(echo) })
})

afterEach(async () => {
  await proxy.stop()
  echo.close()
})

/** Sends `text`; what came back within 300 ms, and how it ended. */
async function exchange(text: string, waitMs = 300) {
  const socket = connect(proxy.port, proxy.host)
  let received = ''
  let end: string | undefined
  socket.on('data', (data) => {
    received += data
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    end = error.code
  })
  socket.write(text)
  await pause(waitMs)
  socket.destroy()
  return { received, end }
}

describe('tcp proxy', () => {
  it('resets connections when it refuses', async () => {
    proxy.setMode({ kind: 'refuse' })
    expect(await exchange('hello')).toEqual({ received: '', end: 'ECONNRESET' })
    expect(atTarget).toEqual([])
  })

  it('lets exactly so many bytes through before it cuts', async () => {
    proxy.setMode({ kind: 'cut', direction: 'toTarget', afterBytes: 3 })
    expect((await exchange('hello')).end).toBe('ECONNRESET')
    expect(Buffer.concat(atTarget).toString()).toBe('hel')
  })

  it('cuts the answer', async () => {
    proxy.setMode({ kind: 'cut', direction: 'toClient', afterBytes: 4 })
    expect(await exchange('hello')).toEqual({ received: 'hell', end: 'ECONNRESET' })
    expect(Buffer.concat(atTarget).toString()).toBe('hello')
  })

  it('hangs without closing, and loses nothing when it goes on', async () => {
    proxy.setMode({ kind: 'hang' })
    const pending = exchange('hello', 400)
    await pause(150)
    expect(atTarget).toEqual([])
    proxy.setMode({ kind: 'pass' })
    expect(await pending).toEqual({ received: 'hello', end: undefined })
  })

  it('delays without reordering', async () => {
    proxy.setMode({ kind: 'delay', delayMs: 100 })
    expect(await exchange('hello', 150)).toEqual({ received: '', end: undefined })
    expect(await exchange('hello', 350)).toEqual({ received: 'hello', end: undefined })
  })

  it('passes and records', async () => {
    expect(await exchange('hello')).toEqual({ received: 'hello', end: undefined })
    expect(proxy.recorded('toTarget').toString()).toBe('hello')
    expect(proxy.recorded('toClient').toString()).toBe('hello')
    expect(proxy.connections()).toBe(1)
  })

  it('reads what TLS hides when it is given a certificate', async () => {
    const { caPem, serverCertificate: certificate } = await openLab()
    const { keyPem: key, certPem: cert } = certificate
    const target = createTlsServer({ key, cert }, answer)
    const reading = await startTcpProxy({
      target: await listening(target),
      tls: { ...certificate, towardsTarget: { ca: caPem, servername: 'localhost' } },
    })
    const socket = tlsConnect({ port: reading.port, ca: caPem, servername: 'localhost' })
    socket.write('secret')
    const [data] = await once(socket, 'data')
    expect(String(data)).toBe('secret')
    expect(reading.recorded('toTarget').toString()).toBe('secret')
    socket.destroy()
    await reading.stop()
    target.close()
  })
})
