interface Part {
  stop(): Promise<void>
}

/** What the demo has started, to be ended in one go however far it has come. */
export interface Parts {
  keep<T extends Part>(starting: Promise<T>): Promise<T>
  /** Ends everything, the newest first. What is only just starting is waited for, and ended too. */
  stop(): Promise<void>
  /** Whether it is being ended: then what goes wrong is no news. */
  isStopping(): boolean
}

export function demoParts(): Parts {
  const starts = new Set<Promise<Part>>()
  const started: Part[] = []
  let isStopping = false
  return {
    isStopping: () => isStopping,
    async keep(starting) {
      starts.add(starting)
      const part = await starting
      starts.delete(starting)
      if (isStopping) throw new Error('The demo is being ended.')
      started.unshift(part)
      return part
    },
    async stop() {
      isStopping = true
      for (const late of await Promise.allSettled(starts)) {
        if (late.status === 'fulfilled') started.unshift(late.value)
      }
      for (const part of started.splice(0)) await part.stop().catch(() => {})
    },
  }
}
