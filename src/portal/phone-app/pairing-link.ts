/** The secret in a link that the portal has made, or null when it is none. */
export function pairingSecret(link: string): string | null {
  return /#pair=([\w-]{43})$/.exec(link.trim())?.[1] ?? null
}

/**
 * Takes the secret out of the address, so that it stays neither in the history nor on the screen.
 *
 * @returns null when the page was opened without one
 */
export function takePairingSecret(): string | null {
  const secret = pairingSecret(location.href)
  if (location.hash !== '') history.replaceState(null, '', location.pathname)
  return secret
}
