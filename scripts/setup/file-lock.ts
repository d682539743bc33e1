import { open, readFile, rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

const POLL_MS = 200

/**
 * Runs `work` while no other process on this machine runs it under the same lock file.
 * A lock left behind by a process that is gone is taken over.
 *
 * @param timeoutMs how long to wait for another holder
 * @throws when another live process still holds the lock after `timeoutMs`
 */
export async function withFileLock<T>(
  path: string,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  while (!(await tryLock(path))) {
    if (Date.now() > deadline) {
      throw new Error(`Another process has held ${path} for too long; delete it if it is stale.`)
    }
    await pause(POLL_MS)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = await readFile(path, 'utf8').catch(() => '')
  // Two waiters may both take over a stale lock; what they do under it must end in an atomic rename.
  if (holder !== '' && !isAlive(Number(holder))) await rm(path, { force: true })
  return false
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
