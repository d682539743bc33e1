import { hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { BreachedListError } from './error.ts'
import { bucketAt, buckets, recordBytes } from './format.ts'
import type { IndexWriter } from './index-writer.ts'
import type { Progress } from './progress.ts'

const chunkBytes = 1024 * 1024
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** A password of 256 characters in UTF-8 is shorter. */
const longestLine = 1024

export type WordsOptions = {
  /** How many bytes of hashes are held at a time. */
  readonly memoryBytes: number
  readonly onProgress: (progress: Progress) => void
}

/**
 * Reads a plain list of passwords, one a line, in any order, as UTF-8. It is read once to count how
 * many hashes go into each bucket, and then as often as needed, each time for as many buckets as fit
 * into memory: nothing is ever sorted on disk.
 *
 * @throws BreachedListError when it changes meanwhile
 */
export async function readWords(
  path: string,
  writer: IndexWriter,
  { memoryBytes, onProgress }: WordsOptions,
): Promise<void> {
  const counts = new Uint32Array(buckets)
  let done = 0
  const advance = (bytes: number) => {
    done += bytes
    onProgress({ bytes: done, count: writer.count() })
  }
  await eachWord(path, advance, (digest) => {
    const bucket = bucketAt(digest, 0)
    counts[bucket] = (counts[bucket] ?? 0) + 1
  })
  for (const slice of slicesOf(counts, Math.floor(memoryBytes / recordBytes))) {
    await addSlice(path, writer, counts, slice, advance)
  }
}

type Slice = { readonly from: number; readonly to: number; readonly records: number }

function slicesOf(counts: Uint32Array, mostRecords: number): Slice[] {
  const slices: Slice[] = []
  let from = 0
  let records = 0
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const size = counts[bucket] ?? 0
    if (records > 0 && records + size > mostRecords) {
      slices.push({ from, to: bucket, records })
      from = bucket
      records = 0
    }
    records += size
  }
  return records > 0 ? [...slices, { from, to: buckets, records }] : slices
}

async function addSlice(
  path: string,
  writer: IndexWriter,
  counts: Uint32Array,
  { from, to, records }: Slice,
  advance: (bytes: number) => void,
): Promise<void> {
  const held = Buffer.alloc(records * recordBytes)
  const starts = new Uint32Array(to - from + 1)
  for (let bucket = from; bucket < to; bucket += 1) {
    starts[bucket - from + 1] = (starts[bucket - from] ?? 0) + (counts[bucket] ?? 0)
  }
  const next = starts.slice()
  await eachWord(path, advance, (digest) => {
    const bucket = bucketAt(digest, 0)
    if (bucket < from || bucket >= to) return
    const place = next[bucket - from] ?? 0
    if (place >= (starts[bucket - from + 1] ?? 0)) throw changed()
    digest.copy(held, place * recordBytes)
    next[bucket - from] = place + 1
  })
  for (let index = 0; index < to - from; index += 1) {
    const [start, end] = [starts[index] ?? 0, starts[index + 1] ?? 0]
    if (next[index] !== end) throw changed()
    for (const record of sorted(held, start, end)) writer.add(record, 0)
  }
}

function sorted(held: Buffer, start: number, end: number): Buffer[] {
  const records: Buffer[] = []
  for (let place = start; place < end; place += 1) {
    records.push(held.subarray(place * recordBytes, (place + 1) * recordBytes))
  }
  return records.length > 1 ? records.sort(Buffer.compare) : records
}

const changed = () => new BreachedListError('was changed while it was being read: start again')

/** Some editors begin a UTF-8 file with it. */
const byteOrderMark = Buffer.from('\uFEFF')

/** SHA-1 of each line, exactly as it is: never trimmed, never normalised. Empty lines are none. */
async function eachWord(
  path: string,
  advance: (bytes: number) => void,
  use: (digest: Buffer) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  let isFirst = true
  const take = (bytes: Buffer, from: number, to: number) => {
    const end = to > from && bytes[to - 1] === carriageReturn ? to - 1 : to
    if (end === from || end - from > longestLine) return
    use(hash('sha1', bytes.subarray(from, end), 'buffer'))
  }
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const isMarked = isFirst && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark)
    let from = isMarked ? byteOrderMark.length : 0
    isFirst = false
    for (let to = bytes.indexOf(lineFeed, from); to !== -1; to = bytes.indexOf(lineFeed, from)) {
      take(bytes, from, to)
      from = to + 1
    }
    // Of a line that is too long to be a password, its beginning is enough to know that.
    rest = Buffer.from(bytes.subarray(from, Math.min(bytes.length, from + longestLine + 2)))
    advance(chunk.length)
  }
  if (rest.length > 0) take(rest, 0, rest.length)
}
