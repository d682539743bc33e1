export type CborValue = number | string | Buffer | CborValue[] | Map<number | string, CborValue>

/** RFC 8949, as far as authenticators speak it: integers, bytes, text, lists and maps. */
export function cbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return Buffer.concat([head(3, bytes.length), bytes])
  }
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  const members = [...value].flatMap(([key, member]) => [cbor(key), cbor(member)])
  return Buffer.concat([head(5, value.size), ...members])
}

function head(major: number, argument: number): Buffer {
  const first = major << 5
  if (argument < 24) return Buffer.from([first | argument])
  if (argument < 256) return Buffer.from([first | 24, argument])
  const bytes = Buffer.alloc(3)
  bytes[0] = first | 25
  bytes.writeUInt16BE(argument, 1)
  return bytes
}
