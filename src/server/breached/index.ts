import { hash, randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { err, ok, type Result } from '../../contract/result.ts'
import type {
  BreachedBucket,
  BreachedFacts,
  BreachedFault,
  BreachedList,
} from '../domain/ports/breached-list.ts'
import { explainListFault } from './explain-fault.ts'
import { bucketAt, recordBytes } from './format.ts'
import { type OpenIndex, openIndex } from './open-index.ts'
import { openShipped } from './shipped-index.ts'

export type BreachedListOptions = {
  /** Null: the list that comes with Latchkey. */
  readonly path: string | null
  readonly now: () => number
}

/** How soon a list that was loaded meanwhile is used (milliseconds). */
const lookAgainAfter = 5_000

/** Nobody reads from a list any more that was replaced so long ago. */
const closeAfter = 30_000

/** So that even of an almost empty list each answer has something in it. */
const fewestLines = 16
const prefixDigits = 5
const hashDigits = recordBytes * 2

/**
 * The list of leaked passwords, from an index on disk. A newer index in its place is taken up by itself;
 * one that is missing or damaged is refused until it is put right, since nobody could tell then whether
 * a password is on the list.
 */
export function createBreachedList({ path, now }: BreachedListOptions): BreachedList {
  let held: { readonly index: OpenIndex; readonly mark: string } | null = null
  let shipped: Promise<OpenIndex> | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<OpenIndex> | undefined

  function current(): Promise<OpenIndex> {
    if (path === null) {
      shipped ??= openShipped()
      return shipped
    }
    if (held !== null && now() - lookedAt < lookAgainAfter) return Promise.resolve(held.index)
    looking ??= look(path).finally(() => {
      looking = undefined
    })
    return looking
  }

  async function look(file: string): Promise<OpenIndex> {
    try {
      const { ino, mtimeMs, size } = await stat(file)
      const mark = `${ino} ${mtimeMs} ${size}`
      if (held?.mark !== mark) {
        const index = await openIndex(file)
        letGo()
        held = { index, mark }
      }
      lookedAt = now()
      return held.index
    } catch (error) {
      letGo()
      throw error
    }
  }

  function letGo(): void {
    const replaced = held?.index
    held = null
    if (replaced) setTimeout(() => void replaced.close().catch(() => {}), closeAfter).unref()
  }

  async function ask<T>(use: (index: OpenIndex) => Promise<T>): Promise<Result<T, BreachedFault>> {
    try {
      return ok(await use(await current()))
    } catch (error) {
      const sentence = explainListFault(error, path ?? 'the list that comes with Latchkey')
      if (sentence === null) throw error
      return err({ detail: sentence })
    }
  }

  return {
    bucket: (prefix) => ask((index) => readBucket(index, prefix)),
    includes: (password) =>
      ask(async (index) => {
        const digest = hash('sha1', password, 'buffer')
        return isIn(await index.read(bucketAt(digest, 0)), digest)
      }),
    check: () => ask(async ({ header }) => factsOf(header)),
    async close() {
      await held?.index.close()
      held = null
    },
  }
}

async function readBucket(index: OpenIndex, prefix: string): Promise<BreachedBucket> {
  const suffixes = suffixesIn(await index.read(Number.parseInt(prefix, 16)))
  const missing = Math.max(fewestLines, index.header.largestBucket) - suffixes.length
  return { suffixes, padding: suffixesIn(randomBytes(missing * recordBytes)) }
}

function suffixesIn(records: Buffer): string[] {
  const digits = records.toString('hex').toUpperCase()
  return Array.from({ length: records.length / recordBytes }, (_, index) =>
    digits.slice(index * hashDigits + prefixDigits, (index + 1) * hashDigits),
  )
}

/** Halves the records, which are in order, until the hash is found or cannot be there. */
function isIn(records: Buffer, digest: Buffer): boolean {
  let [low, high] = [0, records.length / recordBytes]
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = middle * recordBytes
    const order = records.compare(digest, 0, recordBytes, at, at + recordBytes)
    if (order === 0) return true
    if (order < 0) low = middle + 1
    else high = middle
  }
  return false
}

function factsOf({ source, count, loadedAt }: OpenIndex['header']): BreachedFacts {
  return { source, count, loadedAt }
}
