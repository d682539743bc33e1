import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'

const most = 64 * 1024 * 1024

/** Whether process `pid` holds the IPv4 connection that comes from local port `port` (proc(5)). */
export function ownsPort(pid: number, port: number): boolean {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)
  const fields = rows.map((row) => row.trim().split(/\s+/))
  // Column 1 is the local address, column 9 the inode.
  const inode = fields.find(([, local]) => local?.endsWith(`:${wanted}`))?.[9]
  if (inode === undefined) return false
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).some((fd) => linkOf(join(folder, fd)) === `socket:[${inode}]`)
}

/** In which ways a text lies in the memory that process `pid` can write to, as strings or on the wire. */
export function findInMemory(pid: number, texts: readonly string[]): string[][] {
  const encodings = ['utf8', 'latin1', 'utf16le'] as const
  const wanted = texts.map((text) =>
    encodings.map((name) => ({ name, bytes: Buffer.from(text, name) })),
  )
  const found = texts.map(() => new Set<string>())
  for (const region of readableRegions(pid)) {
    for (const [index, forms] of wanted.entries()) {
      for (const { name, bytes } of forms) if (region.includes(bytes)) found[index]?.add(name)
    }
  }
  return found.map((names) => [...names])
}

function* readableRegions(pid: number): Generator<Buffer> {
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      if (from === '') continue
      const [start, end] = [Number(`0x${from}`), Number(`0x${to}`)]
      for (let at = start; at < end; at += most) {
        const piece = Buffer.alloc(Math.min(most, end - at))
        const length = readAt(memory, piece, at)
        if (length > 0) yield piece.subarray(0, length)
      }
    }
  } finally {
    closeSync(memory)
  }
}

/** Some regions cannot be read, or are gone by now. */
function readAt(memory: number, into: Buffer, at: number): number {
  try {
    return readSync(memory, into, 0, into.length, at)
  } catch {
    return 0
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
