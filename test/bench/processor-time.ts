import { readFileSync } from 'node:fs'
import { withDescendants } from './process-family.ts'

/** Linux counts in hundredths of a second (sysconf(_SC_CLK_TCK) is 100 wherever Node.js runs). */
const MS_PER_TICK = 10

/** What a process, its children and theirs have taken of the processors so far, in milliseconds. */
export function processorTime(pid: number): number {
  return withDescendants(pid)
    .map(ticksOf)
    .reduce((sum, ticks) => sum + ticks * MS_PER_TICK, 0)
}

function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // utime and stime, then those of children that have ended: proc(5), fields 14 to 17.
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  } catch {
    return 0
  }
}
