import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A door to a domain controller through which only one process may go. */
export interface Firewall {
  port: number
  /** From now on only this process gets through; whoever else is connected is thrown out. */
  onlyFor(pid: number): void
  stop(): Promise<void>
}

/** Opens a door for everybody on this machine, until it is told whom to let through. */
export async function startFirewall(target: { host: string; port: number }): Promise<Firewall> {
  const guests = new Set<Socket>()
  let admitted: number | null = null
  const isWelcome = (guest: Socket) => admitted === null || holdsPort(admitted, guest.remotePort)

  const server = createServer((guest) => {
    guest.on('error', () => {})
    if (!isWelcome(guest)) return guest.resetAndDestroy()
    guests.add(guest)
    const controller = connect(target.port, target.host).on('error', () => guest.destroy())
    guest.once('close', () => {
      guests.delete(guest)
      controller.destroy()
    })
    controller.once('close', () => guest.destroy())
    return guest.pipe(controller).pipe(guest)
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  return {
    port: (server.address() as AddressInfo).port,
    onlyFor(pid) {
      admitted = pid
      for (const guest of guests) if (!isWelcome(guest)) guest.resetAndDestroy()
    },
    async stop() {
      const closed = new Promise((settle) => server.close(settle))
      for (const guest of guests) guest.destroy()
      await closed
    },
  }
}

/** Whether a process has the socket whose own end is at this port, as the kernel tells it (proc(5)). */
function holdsPort(pid: number, port: number | undefined): boolean {
  const own = `:${(port ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const columns = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, local]) => local?.endsWith(own))
  const socket = `socket:[${columns?.[9]}]`
  return readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === socket)
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
