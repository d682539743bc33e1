const firstPauseMs = 2_000
const longestPauseMs = 60 * 60_000

/** How long a letter waits after so many tries before the next one (milliseconds): twice as long each time. */
export function pauseAfter(tries: number): number {
  return Math.min(firstPauseMs * 2 ** Math.min(tries, 12), longestPauseMs)
}
