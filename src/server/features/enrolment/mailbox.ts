/**
 * The mailbox behind an address, for comparison only: people and mail servers read `Ada+x@Example.com`
 * and `ada@example.com` as one (RFC 5233 §4 for the part after the plus sign).
 */
export function mailboxOf(address: string): string {
  const [local, domain] = splitAddress(address.trim().toLowerCase())
  return `${local.replace(/\+.*$/, '')}@${domain}`
}

/** Whether two addresses end up in the same mailbox, as far as their spelling tells. */
export function isSameMailbox(one: string, other: string): boolean {
  return mailboxOf(one) === mailboxOf(other)
}

/** What the owner recognises and a glance over the shoulder does not give away: `a•••@example.com`. */
export function maskAddress(address: string): string {
  const [local, domain] = splitAddress(address)
  return `${[...local][0] ?? ''}•••@${domain}`
}

function splitAddress(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@')
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
}
