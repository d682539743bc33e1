import { createHash } from 'node:crypto'
import { BreachedListError } from './error.ts'

/**
 * The file: a header of one page; for each of the 2^20 buckets, which are named by the first five
 * hexadecimal digits of a hash, how many records come before it, and how many there are in all
 * (32 bits, little-endian); then the SHA-1 hashes themselves, in order.
 */
export const recordBytes = 20
export const buckets = 2 ** 20
export const headerBytes = 4096
export const tableBytes = (buckets + 1) * 4
export const recordsAt = headerBytes + tableBytes
export const mostRecords = 2 ** 32 - 1

/** More in one bucket than any list of real hashes has; keeps each answer below 256 KB. */
export const largestAllowedBucket = 6_000

const magic = Buffer.from('latchkey breach\n')
const version = 1
const sources = ['hibp', 'words'] as const
const digestBytes = 32
const checksumAt = headerBytes - digestBytes

export type IndexHeader = {
  readonly source: (typeof sources)[number]
  readonly count: number
  /** Milliseconds since the epoch. */
  readonly loadedAt: number
  readonly largestBucket: number
  readonly tableDigest: Buffer
  readonly recordsDigest: Buffer
}

/** Which bucket the hash belongs to that lies at `at`. */
export function bucketAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 12) | ((bytes[at + 1] ?? 0) << 4) | ((bytes[at + 2] ?? 0) >> 4)
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

export function encodeHeader(header: IndexHeader): Buffer {
  const bytes = Buffer.alloc(headerBytes)
  magic.copy(bytes)
  bytes.writeUInt32LE(version, 16)
  bytes.writeUInt32LE(sources.indexOf(header.source), 20)
  bytes.writeBigUInt64LE(BigInt(header.count), 24)
  bytes.writeBigUInt64LE(BigInt(header.loadedAt), 32)
  bytes.writeUInt32LE(header.largestBucket, 40)
  header.tableDigest.copy(bytes, 64)
  header.recordsDigest.copy(bytes, 96)
  sha256(bytes.subarray(0, checksumAt)).copy(bytes, checksumAt)
  return bytes
}

/** @throws BreachedListError for anything that `encodeHeader` has not written */
export function decodeHeader(bytes: Buffer): IndexHeader {
  if (bytes.length < headerBytes || !bytes.subarray(0, magic.length).equals(magic)) {
    throw new BreachedListError('is not a list that "latchkey-server passwords load" has made')
  }
  const found = bytes.readUInt32LE(16)
  if (found !== version) {
    throw new BreachedListError(`has version ${found}, and this Latchkey reads version ${version}`)
  }
  const source = sources[bytes.readUInt32LE(20)]
  const sum = sha256(bytes.subarray(0, checksumAt))
  if (source === undefined || !sum.equals(bytes.subarray(checksumAt))) {
    throw new BreachedListError('is damaged: its header does not fit its checksum')
  }
  return {
    source,
    count: Number(bytes.readBigUInt64LE(24)),
    loadedAt: Number(bytes.readBigUInt64LE(32)),
    largestBucket: bytes.readUInt32LE(40),
    tableDigest: bytes.subarray(64, 64 + digestBytes),
    recordsDigest: bytes.subarray(96, 96 + digestBytes),
  }
}

export function encodeTable(counts: Uint32Array): Buffer {
  const bytes = Buffer.alloc(tableBytes)
  let before = 0
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    bytes.writeUInt32LE(before, bucket * 4)
    before += counts[bucket] ?? 0
  }
  bytes.writeUInt32LE(before, buckets * 4)
  return bytes
}
