/**
 * Whom a network address stands for, for every limit that counts by it. A subscriber of IPv6 is given
 * at least a /64 (RFC 6177 §2) and may use any address in it, so the whole of it is one; IPv4 written
 * as IPv6 (RFC 4291 §2.5.5.2) is IPv4, since all of it would be a single /64.
 *
 * @param address - as the socket or a trusted proxy has it; anything else is answered unchanged
 */
export function networkOf(address: string): string {
  const groups = groupsOf(address)
  if (groups === null) return address
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return groups.slice(6).flatMap(bytesOf).join('.')
  const prefix = groups.slice(0, 4).map((group) => group.toString(16))
  return `${prefix.join(':')}::/64`
}

/** The eight groups of an IPv6 address, or null when it is none. */
export function groupsOf(address: string): number[] | null {
  const [bare = ''] = address.split('%')
  if (!bare.includes(':')) return null
  let host: string
  try {
    host = new URL(`http://[${bare}]/`).hostname
  } catch {
    return null
  }
  // In its one spelling now (RFC 5952): lower case, no dotted tail, at most one gap.
  const [head = '', tail] = host.slice(1, -1).split('::')
  const numbers = (part: string) => (part === '' ? [] : part.split(':'))
  const [front, back] = [numbers(head), numbers(tail ?? '')]
  const gap = new Array<string>(tail === undefined ? 0 : 8 - front.length - back.length).fill('0')
  return [...front, ...gap, ...back].map((group) => Number.parseInt(group, 16))
}

function bytesOf(group: number): [high: number, low: number] {
  return [group >> 8, group & 0xff]
}
