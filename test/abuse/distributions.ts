/**
 * The two-sample Kolmogorov-Smirnov statistic: the largest distance between the distribution functions
 * of both samples. 0 for equal ones, 1 for those that do not overlap.
 */
export function kolmogorovSmirnov(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [sorted(one), sorted(other)]
  let [i, j, distance] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] as number, b[j] as number)
    while (i < a.length && (a[i] as number) <= value) i += 1
    while (j < b.length && (b[j] as number) <= value) j += 1
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length))
  }
  return distance
}

/**
 * The distance that two samples of one distribution exceed once in a thousand times (Smirnov's
 * asymptotic formula: c = sqrt(-ln(0.001 / 2) / 2) = 1.949).
 */
export function criticalDistance(n: number, m: number): number {
  return Math.sqrt(-Math.log(0.001 / 2) / 2) * Math.sqrt((n + m) / (n * m))
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b)
}

/** A shuffled copy: the order in which things are measured must not depend on what they are. */
export function shuffled<T>(values: readonly T[]): T[] {
  const list = [...values]
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1))
    ;[list[at], list[other]] = [list[other] as T, list[at] as T]
  }
  return list
}
