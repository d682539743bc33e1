import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { BreachedListError } from './error.ts'
import {
  bucketAt,
  buckets,
  decodeHeader,
  headerBytes,
  type IndexHeader,
  recordBytes,
  recordsAt,
  sha256,
  tableBytes,
} from './format.ts'

export type OpenIndex = {
  readonly header: Pick<IndexHeader, 'count' | 'largestBucket'> & {
    readonly source: IndexHeader['source'] | 'shipped'
    readonly loadedAt: number | null
  }
  /**
   * The records of one bucket, one behind the other.
   *
   * @throws BreachedListError when they are not what belongs there
   */
  readonly read: (bucket: number) => Promise<Buffer>
  readonly close: () => Promise<void>
}

/**
 * Opens an index for reading. Its header, its length and its table are checked now; each bucket when it
 * is read; all of the records only by `verifyIndex`, since there may be 20 GB of them.
 *
 * @throws BreachedListError, or the error of a file that cannot be opened
 */
export async function openIndex(path: string): Promise<OpenIndex> {
  const file = await open(path, 'r')
  try {
    const header = decodeHeader(await readAt(file, 0, headerBytes))
    const { size } = await file.stat()
    if (size !== recordsAt + header.count * recordBytes) {
      throw new BreachedListError('is damaged: it is not as long as its header says')
    }
    const table = readTable(await readAt(file, headerBytes, tableBytes), header)
    return {
      header,
      read: (bucket) => readBucket(file, table, bucket),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/**
 * Reads the whole index once.
 *
 * @throws BreachedListError when a single byte of its records is not as it was written
 */
export async function verifyIndex(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { recordsDigest } = decodeHeader(await readAt(file, 0, headerBytes))
    const digest = createHash('sha256')
    for await (const chunk of file.createReadStream({ start: recordsAt, autoClose: false })) {
      digest.update(chunk as Buffer)
    }
    if (!digest.digest().equals(recordsDigest)) {
      throw new BreachedListError('is damaged: its records do not fit their checksum')
    }
  } finally {
    await file.close()
  }
}

function readTable(bytes: Buffer, { count, tableDigest, largestBucket }: IndexHeader): Uint32Array {
  if (!sha256(bytes).equals(tableDigest)) {
    throw new BreachedListError('is damaged: its table does not fit its checksum')
  }
  const table = new Uint32Array(buckets + 1)
  for (let index = 0; index <= buckets; index += 1) table[index] = bytes.readUInt32LE(index * 4)
  const isPlausible =
    table[buckets] === count &&
    table.every((before, index) => {
      const size = before - (table[index - 1] ?? 0)
      return size >= 0 && size <= largestBucket
    })
  if (!isPlausible) throw new BreachedListError('is damaged: its table makes no sense')
  return table
}

async function readBucket(file: FileHandle, table: Uint32Array, bucket: number): Promise<Buffer> {
  const [start = 0, end = 0] = [table[bucket], table[bucket + 1]]
  if (start === end) return Buffer.alloc(0)
  const records = await readAt(file, recordsAt + start * recordBytes, (end - start) * recordBytes)
  if (!isBucket(records, bucket)) {
    throw new BreachedListError('is damaged: hashes are not where they belong')
  }
  return records
}

/** Whether these are hashes of one bucket, each greater than the one before. */
function isBucket(records: Buffer, bucket: number): boolean {
  const last = records.length - recordBytes
  if (bucketAt(records, 0) !== bucket || bucketAt(records, last) !== bucket) return false
  let before = records.readUIntBE(0, comparedBytes)
  for (let at = recordBytes; at <= last; at += recordBytes) {
    const start = records.readUIntBE(at, comparedBytes)
    if (start < before) return false
    if (start === before && !isGreater(records, at, at - recordBytes)) return false
    before = start
  }
  return true
}

/** The beginning of a hash, as one number, nearly always says which of two is greater. */
const comparedBytes = 6

function isGreater(records: Buffer, one: number, other: number): boolean {
  return records.compare(records, other, other + recordBytes, one, one + recordBytes) > 0
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done)
    if (bytesRead === 0) throw new BreachedListError('is damaged: it ends too early')
    done += bytesRead
  }
  return bytes
}
