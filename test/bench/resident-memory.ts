import { readFileSync } from 'node:fs'
import { withDescendants } from './process-family.ts'

/**
 * What a process and all that descend from it take up, in MB: the proportional set size, in which a
 * page that n processes share counts as 1/n for each (Linux, proc(5)).
 */
export function residentMemory(pid: number): number {
  const kilobytes = withDescendants(pid).map(proportionalSize)
  return kilobytes.reduce((sum, size) => sum + size, 0) / 1024
}

function proportionalSize(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0)
  } catch {
    // It ended while we were counting.
    return 0
  }
}
