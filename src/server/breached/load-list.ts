import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { BreachedListError } from './error.ts'
import type { IndexHeader } from './format.ts'
import { createIndexWriter, type IndexWriter } from './index-writer.ts'
import type { Progress } from './progress.ts'
import { readHashes } from './read-hashes.ts'
import { readWords } from './read-words.ts'

export const listFormats = ['hibp', 'words'] as const
export type ListFormat = (typeof listFormats)[number]

export type LoadOptions = {
  readonly from: string
  /** Where the index goes; one that is there stays in use until the new one is complete. */
  readonly to: string
  /** Null: whatever the first line looks like. */
  readonly format: ListFormat | null
  readonly now: () => number
  readonly onProgress: (progress: Progress) => void
  readonly memoryBytes?: number
}

const usualMemory = 256 * 1024 * 1024

/** Somebody who loads writes more often than this. */
const abandonedAfterMs = 60_000

/**
 * Turns a list into an index: written beside its place under another name, made to last, and only then
 * put there in one step. Whatever breaks off leaves the old list as it was; the next load begins anew.
 *
 * @throws BreachedListError whose message follows the name of the list
 */
export async function loadList(options: LoadOptions): Promise<IndexHeader> {
  const { from, to, now } = options
  const format = options.format ?? detectFormat(from)
  const unfinished = unfinishedName(to)
  const file = openUnfinished(unfinished, now())
  try {
    const writer = createIndexWriter(file)
    await readInto(writer, format, options)
    if (writer.count() === 0) throw new BreachedListError('is empty')
    const header = writer.finish(format, now())
    renameSync(unfinished, to)
    syncFolder(dirname(to))
    return header
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

/** What a load that is under way writes to. */
export function unfinishedName(to: string): string {
  return `${to}.loading`
}

function readInto(writer: IndexWriter, format: ListFormat, options: LoadOptions): Promise<void> {
  const { from, onProgress, memoryBytes = usualMemory } = options
  if (format === 'hibp') return readHashes(from, writer, onProgress)
  return readWords(from, writer, { memoryBytes, onProgress })
}

/** A list of passwords hardly begins with forty hexadecimal digits. */
function detectFormat(path: string): ListFormat {
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(64)
    const length = readSync(file, start, 0, start.length, 0)
    const [line = ''] = start.toString('latin1', 0, length).split(/\r?\n/)
    return /^[0-9a-f]{32}([0-9a-f]{8})?(:\d+)?$/i.test(line) ? 'hibp' : 'words'
  } finally {
    closeSync(file)
  }
}

function openUnfinished(path: string, now: number): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found !== undefined) {
    if (now - found.mtimeMs < abandonedAfterMs) {
      throw new BreachedListError(
        `is not loaded: another load writes to ${path}. If none is running, try again in a minute`,
      )
    }
    rmSync(path)
  }
  // The list is public, and the account that runs the backend must be able to read it.
  return openSync(path, 'wx', 0o644)
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
