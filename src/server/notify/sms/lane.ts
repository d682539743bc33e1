/**
 * Lets some messages be under way beside the mail: a provider that hangs holds up none of the letters.
 */
export type Lane = {
  /** Begins, or answers false when as many are under way as may be. */
  readonly begin: (work: () => Promise<void>) => boolean
  /** Resolves when nothing is under way any more. */
  readonly settled: () => Promise<void>
}

/** @param most - at once */
export function createLane(most: number): Lane {
  const underWay = new Set<Promise<void>>()
  return {
    begin(work) {
      if (underWay.size >= most) return false
      const running = work().finally(() => underWay.delete(running))
      underWay.add(running)
      return true
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}
