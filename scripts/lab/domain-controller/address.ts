import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A loopback address that nobody listens on. The whole of 127.0.0.0/8 is local on Linux, so every
 * domain controller can have the standard ports on an address of its own, with nothing to configure
 * and nothing to clean up.
 */
export async function findFreeAddress(): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const address = `127.${randomInt(64, 128)}.${randomInt(1, 255)}.${randomInt(1, 255)}`
    const [plain, secure] = await Promise.all([isFree(address, 389), isFree(address, 636)])
    if (plain && secure) {
      return address
    }
  }
  throw new Error(
    'No loopback address has ports 389 and 636 free: another directory server may hold them on all ' +
      'addresses (ss -ltnp shows it), or we are not root, which ports below 1024 need.',
  )
}

function isFree(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
