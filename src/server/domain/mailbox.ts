/**
 * The mailbox behind an address, for comparison only: people and mail servers read `Ada+x@Example.com`
 * and `ada@example.com` as one (RFC 5233 §4 for the part after the plus sign), and a domain in its own
 * script and its `xn--` spelling are one (RFC 5890 §2.3.2.1).
 */
export function mailboxOf(address: string): string {
  const [local, domain] = splitAddress(address.trim().toLowerCase())
  return `${local.replace(/\+.*$/, '')}@${asciiOf(domain)}`
}

/** As browsers and mail servers look a domain up; what is no domain stays as it is. */
function asciiOf(domain: string): string {
  try {
    return new URL(`http://${domain}/`).hostname
  } catch {
    return domain
  }
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
