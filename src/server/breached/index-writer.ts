import { createHash } from 'node:crypto'
import { fsyncSync, writeSync } from 'node:fs'
import { BreachedListError } from './error.ts'
import {
  bucketAt,
  buckets,
  encodeHeader,
  encodeTable,
  type IndexHeader,
  largestAllowedBucket,
  mostRecords,
  recordBytes,
  recordsAt,
  sha256,
} from './format.ts'

const bufferedRecords = 200_000

/** Writes hashes, which come in ascending order, and what is needed to find them again. */
export type IndexWriter = {
  /** How many hashes there are so far. */
  count(): number
  /** How many each bucket has so far. */
  readonly counts: Uint32Array
  /**
   * Adds the hash that lies at `at`. One that is the same as the last is left out.
   *
   * @returns false when it belongs before the last one: it was not added
   * @throws BreachedListError
   */
  add(bytes: Uint8Array, at: number): boolean
  /** Writes what is still missing and makes it last. Without the header, nobody takes it for a list. */
  finish(source: IndexHeader['source'], loadedAt: number): IndexHeader
}

/** @param file - descriptor of an empty file, open for writing */
export function createIndexWriter(file: number): IndexWriter {
  const counts = new Uint32Array(buckets)
  const pending = Buffer.alloc(bufferedRecords * recordBytes)
  const last = Buffer.alloc(recordBytes)
  const digest = createHash('sha256')
  let filled = 0
  let written = 0
  let count = 0

  function flush(): void {
    const bytes = pending.subarray(0, filled)
    digest.update(bytes)
    writeWhole(file, bytes, recordsAt + written)
    written += filled
    filled = 0
  }

  return {
    counts,
    count: () => count,
    add(bytes, at) {
      if (count > 0) {
        const order = compareRecord(bytes, at, last)
        if (order < 0) return false
        if (order === 0) return true
      }
      const bucket = bucketAt(bytes, at)
      const size = (counts[bucket] ?? 0) + 1
      if (size > largestAllowedBucket) throw new BreachedListError(notHashes)
      if (count === mostRecords) throw new BreachedListError('holds more hashes than fit')
      counts[bucket] = size
      for (let index = 0; index < recordBytes; index += 1) {
        const byte = bytes[at + index] ?? 0
        last[index] = byte
        pending[filled + index] = byte
      }
      filled += recordBytes
      count += 1
      if (filled === pending.length) flush()
      return true
    },
    finish(source, loadedAt) {
      flush()
      const table = encodeTable(counts)
      writeWhole(file, table, recordsAt - table.length)
      const largestBucket = counts.reduce((most, size) => Math.max(most, size), 0)
      const digests = { tableDigest: sha256(table), recordsDigest: digest.digest() }
      const header = { source, count, loadedAt, largestBucket, ...digests }
      fsyncSync(file)
      writeWhole(file, encodeHeader(header), 0)
      fsyncSync(file)
      return header
    },
  }
}

const notHashes =
  'has thousands of hashes that begin alike: they are not SHA-1 hashes of different passwords'

function compareRecord(bytes: Uint8Array, at: number, with_: Uint8Array): number {
  for (let index = 0; index < recordBytes; index += 1) {
    const difference = (bytes[at + index] ?? 0) - (with_[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function writeWhole(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done)
  }
}
