import { readdirSync, readFileSync } from 'node:fs'

/**
 * What a process and all that descend from it take up, in MB: the proportional set size, in which a
 * page that n processes share counts as 1/n for each (Linux, proc(5)).
 */
export function residentMemory(pid: number): number {
  const kilobytes = withDescendants(pid).map(proportionalSize)
  return kilobytes.reduce((sum, size) => sum + size, 0) / 1024
}

function withDescendants(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = parentOf(name)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const family = [root]
  for (const pid of family) family.push(...(children.get(pid) ?? []))
  return family
}

function parentOf(pid: string): number {
  try {
    // The name in parentheses may hold anything, parentheses too.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return -1
  }
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
