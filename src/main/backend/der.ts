/** One element of DER (ITU-T X.690 §8.1): its tag, and its content. */
export type DerElement = { readonly tag: number; readonly content: Uint8Array }

/**
 * Reads the elements that follow one another in `bytes`. Strict enough for certificates that OpenSSL
 * has parsed before: single-byte tags and definite lengths.
 *
 * @returns null when the bytes are not a whole number of elements
 */
export function readDer(bytes: Uint8Array): DerElement[] | null {
  const elements: DerElement[] = []
  let position = 0
  while (position < bytes.length) {
    const header = readHeader(bytes, position)
    if (header === null || header.end > bytes.length) return null
    elements.push({ tag: header.tag, content: bytes.subarray(header.start, header.end) })
    position = header.end
  }
  return elements
}

function readHeader(bytes: Uint8Array, position: number) {
  const tag = bytes[position] ?? 0
  const first = bytes[position + 1]
  if (first === undefined || (tag & 0x1f) === 0x1f) return null
  if (first < 0x80) return { tag, start: position + 2, end: position + 2 + first }
  const count = first & 0x7f
  if (count === 0 || count > 3) return null
  let length = 0
  for (let index = 0; index < count; index += 1) {
    const byte = bytes[position + 2 + index]
    if (byte === undefined) return null
    length = length * 256 + byte
  }
  const start = position + 2 + count
  return { tag, start, end: start + length }
}
