/** Answers that may be some seconds old. Bounded: the oldest entry makes room for a new one. */
export type ShortCache<T> = {
  /** @param load - asked on a miss; callers that ask at the same time share one answer */
  readonly get: (key: string, load: () => Promise<T>) => Promise<T>
}

/**
 * @param options.keep - whether an answer is worth keeping: a failure is not
 * @param options.lifetime - milliseconds
 * @param options.size - how many answers are kept at most
 */
export function createShortCache<T>(options: {
  readonly keep: (answer: T) => boolean
  readonly lifetime: number
  readonly size: number
  readonly now: () => number
}): ShortCache<T> {
  const { keep, lifetime, size, now } = options
  const entries = new Map<string, { answer: Promise<T>; at: number }>()
  return {
    async get(key, load) {
      const known = entries.get(key)
      if (known !== undefined && now() < known.at + lifetime) return known.answer
      const entry = { answer: load(), at: now() }
      entries.delete(key)
      entries.set(key, entry)
      const [oldest] = entries.keys()
      if (entries.size > size && oldest !== undefined) entries.delete(oldest)
      const forget = () => {
        if (entries.get(key) === entry) entries.delete(key)
      }
      try {
        const answer = await entry.answer
        if (!keep(answer)) forget()
        return answer
      } catch (error) {
        forget()
        throw error
      }
    },
  }
}
