/** A moment at which something may die: around one message on one line, or around one commit. */
export type Point = {
  leg: string
  label: string
  /** 1 for the first message of this label in the round. */
  nth: number
  /** Before it was delivered; or after it was acted upon, and the answer was not delivered. */
  when: 'before' | 'after'
}

/** `after backend to controller: modify (1)` */
export function keyOf({ leg, label, nth, when }: Point): string {
  return `${when} ${leg}: ${label} (${nth})`
}

/** Sees every message of a round go by, and acts at one of them. */
export interface Watch {
  /**
   * Begins a round.
   *
   * @param isWanted - asked for each point that is met
   * @param act - runs once, at the first one; its answer says whether the message may pass
   */
  arm(isWanted: (point: Point) => boolean, act: (point: Point) => Promise<boolean>): void
  disarm(): void
  /** @returns whether the message may pass */
  meet(leg: string, label: string, when: Point['when']): Promise<boolean>
}

export function createWatch(): Watch {
  const times = new Map<string, number>()
  let armed: Parameters<Watch['arm']> | null = null
  return {
    arm(...round) {
      times.clear()
      armed = round
    },
    disarm() {
      armed = null
    },
    async meet(leg, label, when) {
      if (armed === null) return true
      const name = JSON.stringify([leg, label, when])
      const nth = (times.get(name) ?? 0) + 1
      times.set(name, nth)
      const point = { leg, label, nth, when }
      const [isWanted, act] = armed
      if (!isWanted(point)) return true
      armed = null
      return act(point)
    },
  }
}
