import { groupsOf } from '../network-address.ts'

/** A network as its first bytes: 4 for IPv4, 16 for IPv6, of which `bits` count. */
type Network = { readonly bytes: readonly number[]; readonly bits: number }

/**
 * Whether an address is in one of the networks. IPv4 written as IPv6 (RFC 4291 §2.5.5.2) is IPv4, and
 * no network of one family holds an address of the other.
 *
 * @param address - as the socket or a trusted proxy has it; what is no address is in no network
 * @param networks - as `networkProblem` accepts them; what is no network holds nothing
 */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const bytes = bytesOf(address)
  if (bytes === null) return false
  return networks.some((text) => {
    const network = parseNetwork(text)
    return network !== null && holds(network, bytes)
  })
}

/** What is wrong with the text of a network, or null. */
export function networkProblem(text: string): string | null {
  const network = parseNetwork(text)
  if (network === null) {
    return `${text} is no address and no network: write 10.0.0.0/8, 2001:db8::/32 or one address`
  }
  const isExact = network.bytes.every((byte, index) => (byte & ~maskOf(network.bits, index)) === 0)
  if (isExact) return null
  return `${text} names a computer in a network: clear what comes after its first ${network.bits} bits`
}

/** Whether these hold every address of IPv4, or of IPv6, between them. */
export function coversAll(networks: readonly string[]): boolean {
  const known = networks.map(parseNetwork).filter((network) => network !== null)
  return [4, 16].some((length) => share(known.filter(({ bytes }) => bytes.length === length)) >= 1)
}

/** Which part of all addresses of their family they hold, each counted once. */
function share(networks: readonly Network[]): number {
  const apart = networks.filter(
    (one, index) =>
      !networks.some(
        (other, position) =>
          position !== index &&
          (other.bits < one.bits || (other.bits === one.bits && position < index)) &&
          holds(other, one.bytes),
      ),
  )
  return apart.reduce((sum, { bits }) => sum + 2 ** -bits, 0)
}

function holds({ bytes, bits }: Network, address: readonly number[]): boolean {
  if (bytes.length !== address.length) return false
  return bytes.every((byte, index) => {
    const mask = maskOf(bits, index)
    return (byte & mask) === ((address[index] ?? 0) & mask)
  })
}

/** The bits of one byte that belong to the prefix. */
function maskOf(bits: number, index: number): number {
  const counted = Math.min(8, Math.max(0, bits - 8 * index))
  return (0xff << (8 - counted)) & 0xff
}

const parsed = new Map<string, Network | null>()
const mostParsed = 10_000

/** The same few networks are asked about again and again. */
function parseNetwork(text: string): Network | null {
  const known = parsed.get(text)
  if (known !== undefined) return known
  const network = parse(text)
  if (parsed.size >= mostParsed) parsed.clear()
  parsed.set(text, network)
  return network
}

function parse(text: string): Network | null {
  const [address = '', length, ...more] = text.split('/')
  const bytes = bytesOf(address)
  if (bytes === null || more.length > 0) return null
  const most = 8 * bytes.length
  if (length === undefined) return { bytes, bits: most }
  if (!/^\d{1,3}$/.test(length) || Number(length) > most) return null
  return { bytes, bits: Number(length) }
}

function bytesOf(address: string): number[] | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)
  if (parts !== null) {
    const bytes = parts.slice(1).map(Number)
    return bytes.every((byte) => byte <= 255) ? bytes : null
  }
  const groups = groupsOf(address)
  if (groups === null) return null
  const bytes = groups.flatMap((group) => [group >> 8, group & 0xff])
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return isMapped ? bytes.slice(12) : bytes
}
