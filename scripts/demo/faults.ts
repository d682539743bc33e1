import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Less than this, and not everything says by itself that the disk is full. */
const LITTLE_BYTES = 10 * 1024 * 1024

/**
 * What a failed demo says: the way out, where it is known.
 *
 * @param error - whatever was thrown
 * @param free - bytes where the demo keeps its files, before they are removed
 */
export function faultSentence(error: unknown, free: number): string {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  const text = message ?? String(error)
  const isFull = code === 'ENOSPC' || free < LITTLE_BYTES || /no space left/i.test(text)
  return isFull ? `${noSpace}\n\n${text}` : text
}

/** Bytes that are free where temporary files are kept. */
export function freeForTemporaryFiles(): number {
  const { bavail, bsize } = statfsSync(tmpdir())
  return bavail * bsize
}

export const noSpace = `No space is left on a disk. In all, the demo needs 2 GB: packages in this folder, Electron and
Node in ~/.cache/latchkey (XDG_CACHE_HOME names another place), and what it writes while it runs in
/tmp (TMPDIR names another place).`
