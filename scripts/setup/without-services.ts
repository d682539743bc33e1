import { rmSync, writeFileSync } from 'node:fs'

const POLICY = '/usr/sbin/policy-rc.d'

/**
 * Runs `work` while package installation starts no services: we want the programs of samba and
 * postgresql, not a file server and a database on somebody's machine. Needs root.
 * A policy that is already there stays as it is.
 */
export async function withoutServices<T>(work: () => Promise<T>): Promise<T> {
  const remove = () => rmSync(POLICY, { force: true })
  try {
    // 101: "action forbidden by policy" (invoke-rc.d's interface).
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' })
  } catch {
    return work()
  }
  const endings = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (ending: number | NodeJS.Signals) => {
    remove()
    if (typeof ending === 'string') process.exit(1)
  }
  for (const name of endings) process.on(name, end)
  try {
    return await work()
  } finally {
    remove()
    for (const name of endings) process.off(name, end)
  }
}
