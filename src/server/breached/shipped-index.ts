import { hash } from 'node:crypto'
import { bucketAt, recordBytes } from './format.ts'
import type { OpenIndex } from './open-index.ts'

/**
 * The small list that is there from the start: the common passwords of @zxcvbn-ts/language-common (MIT
 * licence; collected from public leaks). Hashed in memory; nothing is written anywhere.
 */
export async function openShipped(): Promise<OpenIndex> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const words = dictionary['passwords-common']
  const hashes = [...new Set(words.map((word) => hash('sha1', String(word), 'hex')))].sort()
  const records = Buffer.from(hashes.join(''), 'hex')
  const read = async (bucket: number) =>
    records.subarray(startOf(records, bucket), startOf(records, bucket + 1))
  return {
    header: {
      ...{ source: 'shipped', count: hashes.length, loadedAt: null },
      largestBucket: largestOf(records),
    },
    read,
    close: async () => {},
  }
}

/** Where the first record lies whose bucket is this one or a later one. */
function startOf(records: Buffer, bucket: number): number {
  let [low, high] = [0, records.length / recordBytes]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (bucketAt(records, middle * recordBytes) < bucket) low = middle + 1
    else high = middle
  }
  return low * recordBytes
}

function largestOf(records: Buffer): number {
  let [largest, size, last] = [0, 0, -1]
  for (let at = 0; at < records.length; at += recordBytes) {
    const bucket = bucketAt(records, at)
    size = bucket === last ? size + 1 : 1
    last = bucket
    largest = Math.max(largest, size)
  }
  return largest
}
