/** A limited number of places, given out in the order in which they were asked for. */
export type Permits = {
  /** Answers false when none became free in time, or after `end`. */
  readonly take: (timeoutMs: number) => Promise<boolean>
  readonly giveBack: () => void
  readonly waiting: () => number
  /** Refuses everybody who waits, and whoever comes later. */
  readonly end: () => void
}

/** @param size - how many places there are */
export function createPermits(size: number): Permits {
  const queue = new Set<(granted: boolean) => void>()
  let free = size
  let ended = false
  return {
    take: async (timeoutMs) => {
      if (ended) return false
      if (free > 0) {
        free -= 1
        return true
      }
      return new Promise((resolve) => {
        const answer = (granted: boolean) => {
          clearTimeout(timer)
          queue.delete(answer)
          resolve(granted)
        }
        const timer = setTimeout(() => answer(false), timeoutMs)
        queue.add(answer)
      })
    },
    giveBack: () => {
      const [next] = queue
      if (next) next(true)
      else free += 1
    },
    waiting: () => queue.size,
    end: () => {
      ended = true
      for (const answer of queue) answer(false)
    },
  }
}
