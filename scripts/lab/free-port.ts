import { createServer } from 'node:net'

/** A TCP port that is free on `host` now. Somebody may take it before it is used; retry then. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((settle, refuse) => {
    const server = createServer()
    server.once('error', refuse)
    server.listen(0, host, () => {
      const { port } = server.address() as { port: number }
      server.close(() => settle(port))
    })
  })
}
