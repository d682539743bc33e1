import type { Entry as LibraryEntry } from 'ldapts'

/** One entry that a search found. Attribute names are kept in lower case: LDAP ignores their case. */
export type Entry = {
  readonly dn: string
  readonly values: ReadonlyMap<string, readonly (string | Buffer)[]>
}

/** Attributes that are read as bytes, spelled as in the schema. */
export const binaryAttributes = [
  ...['objectSid', 'objectGUID', 'tokenGroups', 'nTSecurityDescriptor'],
  'replPropertyMetaData',
]

/** An entry of ours from one of the library's, which gives a single value without a list. */
export function toEntry({ dn, ...attributes }: LibraryEntry): Entry {
  const values = Object.entries(attributes).map(
    ([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value : [value]] as const,
  )
  return { dn, values: new Map(values) }
}

/** All values of an attribute as bytes; none when it is absent or may not be read. */
export function bytesOf(entry: Entry, attribute: string): Buffer[] {
  const values = entry.values.get(attribute.toLowerCase()) ?? []
  return values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value))
}

/** All values of an attribute as text. */
export function textsOf(entry: Entry, attribute: string): string[] {
  const values = entry.values.get(attribute.toLowerCase()) ?? []
  return values.map((value) => (typeof value === 'string' ? value : value.toString('utf8')))
}

/** The first value of an attribute as text. */
export function textOf(entry: Entry, attribute: string): string | undefined {
  return textsOf(entry, attribute)[0]
}
