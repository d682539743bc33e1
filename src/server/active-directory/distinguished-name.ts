/**
 * Whether an entry is one of those below a container. Both are compared part by part, without case,
 * whatever way special characters are escaped (RFC 4514 §2.4).
 */
export function isBelow(dn: string, container: string): boolean {
  const parts = partsOf(dn)
  const above = partsOf(container)
  return (
    parts.length > above.length &&
    above.every((part, index) => part === parts.at(index - above.length))
  )
}

function partsOf(dn: string): string[] {
  const parts = dn.match(/(?:\\.|[^\\,])+/gs) ?? []
  return parts.map((part) => unescapeValue(part.replace(/\s*=\s*/, '=').trim()).toLowerCase())
}

/** `\2C` and `\,` are the same character. */
function unescapeValue(part: string): string {
  return part
    .replaceAll(/(?:\\[0-9a-fA-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8'),
    )
    .replaceAll(/\\(.)/gs, '$1')
}
