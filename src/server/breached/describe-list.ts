import type { BreachedFacts } from '../domain/ports/breached-list.ts'

const origins: Record<BreachedFacts['source'], string> = {
  hibp: 'from a list of hashes',
  words: 'from a list of passwords',
  shipped: 'the small list that comes with Latchkey',
}

/** What a list is, for a terminal. */
export function describeList({ count, source, loadedAt }: BreachedFacts): string {
  const day =
    loadedAt === null ? '' : `, loaded on ${new Date(loadedAt).toISOString().slice(0, 10)}`
  return `${count.toLocaleString('en')} passwords, ${origins[source]}${day}`
}
