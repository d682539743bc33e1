import { createReadStream } from 'node:fs'
import { BreachedListError } from './error.ts'
import { buckets, recordBytes } from './format.ts'
import type { IndexWriter } from './index-writer.ts'
import type { Progress } from './progress.ts'

const digits = recordBytes * 2
const chunkBytes = 1024 * 1024
const [lineFeed, carriageReturn, colon] = [0x0a, 0x0d, 0x3a]

/** The value of each hexadecimal digit by its character; 255: none. */
const digitOf = new Uint8Array(256).fill(255)
for (const [value, both] of [...'0123456789abcdef'].entries()) {
  digitOf[both.charCodeAt(0)] = value
  digitOf[both.toUpperCase().charCodeAt(0)] = value
}

/**
 * Reads a file of SHA-1 hashes in ascending order, one a line, each with a colon and how often it was
 * seen, as haveibeenpwned.com offers it ("ordered by hash"). A chunk at a time, whatever its size.
 *
 * @throws BreachedListError naming the first line that is something else
 */
export async function readHashes(
  path: string,
  writer: IndexWriter,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const hash = Buffer.alloc(recordBytes)
  let rest: Buffer = Buffer.alloc(0)
  let line = 0
  let done = 0

  const take = (bytes: Buffer, from: number, to: number) => {
    line += 1
    const end = to > from && bytes[to - 1] === carriageReturn ? to - 1 : to
    if (end === from) return
    if (!readLine(bytes, from, end, hash)) throw new BreachedListError(explain(bytes, from, end))
    if (!writer.add(hash, 0)) {
      throw new BreachedListError(
        `is not in the order of its hashes (line ${line}): take the list "ordered by hash"`,
      )
    }
  }
  const explain = (bytes: Buffer, from: number, end: number) => {
    const isNtlm = /^[0-9a-f]{32}(:\d+)?$/i.test(
      bytes.toString('latin1', from, Math.min(end, from + 60)),
    )
    if (isNtlm) return 'holds NTLM hashes: take the list of SHA-1 hashes'
    return `has something else than a SHA-1 hash, a colon and a number in line ${line}`
  }

  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let to = bytes.indexOf(lineFeed); to !== -1; to = bytes.indexOf(lineFeed, from)) {
      take(bytes, from, to)
      from = to + 1
    }
    rest = bytes.subarray(from)
    if (rest.length > chunkBytes) {
      line += 1
      throw new BreachedListError(explain(rest, 0, rest.length))
    }
    done += chunk.length
    onProgress({ bytes: done, count: writer.count() })
  }
  if (rest.length > 0) take(rest, 0, rest.length)
  refuseGaps(writer)
}

/** @returns false when it is no line of such a file */
function readLine(bytes: Buffer, from: number, end: number, into: Buffer): boolean {
  if (end - from < digits) return false
  for (let index = 0; index < recordBytes; index += 1) {
    const high = digitOf[bytes[from + index * 2] ?? 0] ?? 255
    const low = digitOf[bytes[from + index * 2 + 1] ?? 0] ?? 255
    if (high > 15 || low > 15) return false
    into[index] = (high << 4) | low
  }
  if (end === from + digits) return true
  if (bytes[from + digits] !== colon || end === from + digits + 1) return false
  for (let at = from + digits + 1; at < end; at += 1) {
    const digit = bytes[at] ?? 0
    if (digit < 0x30 || digit > 0x39) return false
  }
  return true
}

/** Where this many hashes should be and none is, a part of the file is missing. */
const surelyNotEmpty = 50

/**
 * SECURITY: a download that broke off is in order, too. Hashes are spread evenly, so a stretch without
 * any shows it.
 */
function refuseGaps(writer: IndexWriter): void {
  const perBucket = writer.count() / buckets
  let empty = 0
  for (let bucket = 0; bucket <= buckets; bucket += 1) {
    if (bucket < buckets && writer.counts[bucket] === 0) {
      empty += 1
      continue
    }
    if (empty * perBucket > surelyNotEmpty) {
      const name = (number: number) => number.toString(16).toUpperCase().padStart(5, '0')
      const stretch = `${name(bucket - empty)} to ${name(bucket - 1)}`
      throw new BreachedListError(
        `is not complete: it has no hash that begins with ${stretch}; download it again`,
      )
    }
    empty = 0
  }
}
