/** What a set of samples says: the middle, and where the middle half lies. */
export interface Summary {
  median: number
  /** First and third quartile. */
  low: number
  high: number
  samples: number
}

/**
 * The value below which a share of the samples lies; between two samples, in proportion (the
 * method of most spreadsheets: Hyndman and Fan's type 7).
 *
 * @param share - 0 to 1
 * @throws when there are no samples
 */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('no samples')
  const sorted = [...samples].sort((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const left = sorted[below] as number
  const right = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return left + (right - left) * (position - below)
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

export function summarise(samples: readonly number[]): Summary {
  const at = (share: number) => percentile(samples, share)
  return { median: at(0.5), low: at(0.25), high: at(0.75), samples: samples.length }
}

/** Two values that were measured one right after the other. */
export interface Pair {
  ours: number
  floor: number
}

export interface Comparison {
  ours: Summary
  floor: Summary
  /** Ours by the floor's, pair by pair: what slows down the whole machine for a while cancels out. */
  ratio: Summary
}

export function compare(pairs: readonly Pair[]): Comparison {
  return {
    ours: summarise(pairs.map(({ ours }) => ours)),
    floor: summarise(pairs.map(({ floor }) => floor)),
    ratio: summarise(pairs.map(({ ours, floor }) => ours / floor)),
  }
}

/**
 * Measures both sides by turns, and in turn which of them comes first, so that neither is always the
 * one with the warmer machine.
 */
export async function interleave(
  count: number,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let index = 0; index < count; index += 1) {
    if (index % 2 === 0) {
      const first = await ours()
      pairs.push({ ours: first, floor: await floor() })
    } else {
      const first = await floor()
      pairs.push({ ours: await ours(), floor: first })
    }
  }
  return pairs
}
