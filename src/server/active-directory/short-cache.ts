/** Answers that may be some seconds old. Bounded: the oldest entry makes room for a new one. */
export type ShortCache<T> = {
  readonly get: (key: string) => Promise<T>
  readonly clear: () => void
}

/**
 * @param load - asked on a miss; callers that ask at the same time share one answer
 * @param keep - whether an answer is worth keeping, so that a failure is not
 */
export function createShortCache<T>(options: {
  readonly load: (key: string) => Promise<T>
  readonly keep: (answer: T) => boolean
  readonly lifetime: number
  readonly size: number
  readonly now: () => number
}): ShortCache<T> {
  const { load, keep, lifetime, size, now } = options
  const entries = new Map<string, { answer: Promise<T>; at: number }>()
  return {
    async get(key) {
      const known = entries.get(key)
      if (known !== undefined && now() < known.at + lifetime) return known.answer
      const entry = { answer: load(key), at: now() }
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
    clear: () => entries.clear(),
  }
}
