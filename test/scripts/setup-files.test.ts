import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheFolder } from '../../scripts/setup/cache-folder.ts'
import { removeAbandoned, requireIntegrity } from '../../scripts/setup/electron-archive.ts'
import { withFileLock } from '../../scripts/setup/file-lock.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-test-'))
})

afterEach(() => rm(folder, { recursive: true }))

describe('removeAbandoned', () => {
  it('removes what an interrupted run has left, and nothing that is complete', async () => {
    const runtime = join(folder, 'electron-1')
    for (const name of ['electron-1', 'electron-1.partial-x', 'electron-1.partial-y', 'node-1']) {
      await mkdir(join(folder, name, 'dist'), { recursive: true })
    }
    await removeAbandoned(runtime)
    expect((await readdir(folder)).sort()).toEqual(['electron-1', 'node-1'])
  })
})

describe('requireIntegrity', () => {
  it('refuses an archive that differs in one byte', async () => {
    const path = join(folder, 'archive.tgz')
    await writeFile(path, 'contents')
    const integrity = `sha512-${createHash('sha512').update('contents').digest('base64')}`
    await expect(requireIntegrity(path, integrity)).resolves.toBeUndefined()
    await writeFile(path, 'Contents')
    await expect(requireIntegrity(path, integrity)).rejects.toThrow(
      'archive.tgz is not the archive',
    )
  })
})

describe('withFileLock', () => {
  it('gives up when a live process keeps the lock', async () => {
    const path = join(folder, 'lock')
    await writeFile(path, String(process.pid))
    await expect(withFileLock(path, 300, async () => 'in')).rejects.toThrow('for too long')
    expect(existsSync(path)).toBe(true)
  })

  it('takes over from a process that is gone', async () => {
    const path = join(folder, 'lock')
    // Linux gives no process this number: pid_max is at most 2^22.
    await writeFile(path, String(2 ** 22 + 1))
    expect(await withFileLock(path, 5_000, async () => 'in')).toBe('in')
    expect(existsSync(path)).toBe(false)
  })

  it('lets one in at a time, and the next in after a failure', async () => {
    const path = join(folder, 'lock')
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((settle) => setTimeout(settle, 20))
      inside -= 1
      throw new Error('failed inside')
    }
    const results = await Promise.allSettled([1, 2, 3].map(() => withFileLock(path, 5_000, work)))
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(most).toBe(1)
  })
})

describe('cacheFolder', () => {
  it('follows XDG_CACHE_HOME, else HOME', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: join(folder, 'x') })).toBe(join(folder, 'x', 'latchkey'))
    expect(cacheFolder({ HOME: folder })).toBe(join(folder, '.cache', 'latchkey'))
  })
})
