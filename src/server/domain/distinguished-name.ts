/**
 * Whether an entry is one of those below a container. Both are compared part by part, without case,
 * whatever way special characters are escaped (RFC 4514 §2.4).
 */
export function isBelow(dn: string, container: string): boolean {
  return containersOf(dn).includes(nameOf(container))
}

/** One spelling for each name, for comparison only. */
export function nameOf(dn: string): string {
  return joined(partsOf(dn))
}

/** What an entry is below, the nearest container first, as `nameOf` spells it. */
export function containersOf(dn: string): string[] {
  const parts = partsOf(dn)
  return parts.slice(1).map((_, index) => joined(parts.slice(index + 1)))
}

function joined(parts: readonly string[]): string {
  // No name holds a NUL: parts that hold a comma stay apart.
  return parts.join('\0')
}

function partsOf(dn: string): string[] {
  const parts = dn.match(/(?:\\.|[^\\,])+/gs) ?? []
  return parts.map((part) => nameOfPart(part))
}

/** Typed on one system and kept by another, the same letter may be one character or two. */
function nameOfPart(part: string): string {
  const value = unescapeValue(part.replace(/\s*=\s*/, '=').trim())
  return value.normalize('NFC').toLowerCase()
}

/** `\2C` and `\,` are the same character. */
function unescapeValue(part: string): string {
  return part
    .replaceAll(/(?:\\[0-9a-fA-F]{2})+/g, (escaped) => {
      const bytes = escaped.slice(1).split('\\')
      return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)))
    })
    .replaceAll(/\\(.)/gs, '$1')
}
