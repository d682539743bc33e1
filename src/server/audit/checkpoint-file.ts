import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts'

/** More than one line of a checkpoint file ever takes. */
const tailBytes = 2048

/** A line of a checkpoint file, counted from 1. Null when it is no checkpoint. */
export type CheckpointLine = { readonly line: number; readonly checkpoint: Checkpoint | null }

/**
 * Adds a line to the file and waits until it is on the disk. Lines are only ever added, so that a log
 * shipper can carry them off the machine; it may read the file through its group. One server writes
 * to one file.
 */
export async function appendCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const file = await open(path, 'a+', 0o640)
  try {
    const { end, size } = await lastLine(file)
    if (end < size) await file.truncate(end)
    await file.appendFile(`${formatCheckpoint(checkpoint)}\n`)
    await file.datasync()
    if (size === 0) await syncFolder(dirname(path))
  } finally {
    await file.close()
  }
}

/** The newest checkpoint of the file. Null when there is none yet. */
export async function lastCheckpoint(path: string): Promise<Checkpoint | 'malformed' | null> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const { text } = await lastLine(file)
    return text === '' ? null : (parseCheckpoint(text) ?? 'malformed')
  } finally {
    await file.close()
  }
}

/** All whole lines of the file, oldest first. */
export async function* readCheckpoints(path: string): AsyncGenerator<CheckpointLine> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })
  let line = 0
  for await (const text of lines) {
    line += 1
    yield { line, checkpoint: parseCheckpoint(text) }
  }
}

/** The last whole line, and where it ends: what follows was cut off by a crash and never counted. */
async function lastLine(file: FileHandle): Promise<{ text: string; end: number; size: number }> {
  const { size } = await file.stat()
  const length = Math.min(size, tailBytes)
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
  const end = buffer.lastIndexOf('\n') + 1
  const text = buffer.subarray(0, end).toString('utf8').trimEnd().split('\n').at(-1) ?? ''
  return { text, end: size - length + end, size }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
