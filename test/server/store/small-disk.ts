import { execFile } from 'node:child_process'
import { mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type SmallDisk = {
  readonly folder: string
  /** Leaves no byte of it free. */
  fill(): Promise<void>
  free(): Promise<void>
  makeReadOnly(): Promise<void>
  makeWritable(): Promise<void>
  remove(): Promise<void>
}

/** A real file system of a few megabytes in memory. Mounting it needs root, as the whole lab does. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', folder])
  const filler = join(folder, 'filler')
  const remount = (mode: string) => run('mount', ['-o', `remount,${mode}`, folder])
  return {
    folder,
    async fill() {
      const page = Buffer.alloc(4096, 1)
      for (;;) {
        try {
          await writeFile(filler, page, { flag: 'a' })
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return
          throw error
        }
      }
    },
    free: () => rm(filler),
    async makeReadOnly() {
      await remount('ro')
    },
    async makeWritable() {
      await remount('rw')
    },
    async remove() {
      await run('umount', ['--lazy', folder])
      await rmdir(folder)
    },
  }
}
