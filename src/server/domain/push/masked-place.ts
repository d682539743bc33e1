import { groupsOf, networkOf } from '../network-address.ts'

/**
 * Where a request comes from, as a phone shows it: enough for its owner to tell home from abroad, and
 * no more than that of somebody else's address.
 *
 * @param address - as the socket or a trusted proxy has it
 * @returns e.g. `203.0.113.x` or `2001:db8:1:x`
 */
export function maskedPlace(address: string): string {
  // IPv4 written as IPv6 is IPv4 here, and anything else stays IPv6.
  const network = networkOf(address)
  const groups = groupsOf(network.replace('/64', ''))
  if (groups === null)
    return /^(\d{1,3}\.){3}\d{1,3}$/.test(network) ? network.replace(/\d+$/, 'x') : 'x'
  return `${groups
    .slice(0, 3)
    .map((group) => group.toString(16))
    .join(':')}:x`
}
