export type EngineName = 'sqlite' | 'postgresql'

/** One step of the schema. Once released it never changes; the next change is a new step. */
export type Migration = {
  /** 1, 2, 3, … in the order in which they are made. */
  readonly version: number
  readonly name: string
  statements(words: Words): string[]
}

/** Where the engines' data definition languages differ. */
export type Words = {
  readonly engine: EngineName
  readonly text: string
  readonly integer: string
  /** 64 bits. */
  readonly bigint: string
  /** What closes the list of columns. */
  readonly tableOptions: string
  /** The same, for small rows that are found by a key of text. */
  readonly keyedTableOptions: string
}

export const words: Record<EngineName, Words> = {
  sqlite: {
    engine: 'sqlite',
    text: 'text',
    integer: 'integer',
    bigint: 'integer',
    // STRICT: a fraction or a text in a column of whole numbers is refused, as PostgreSQL does.
    tableOptions: 'strict',
    keyedTableOptions: 'strict, without rowid',
  },
  postgresql: {
    engine: 'postgresql',
    // Ordered by code point, like SQLite, whatever the database's locale is.
    text: 'text collate "C"',
    integer: 'integer',
    bigint: 'bigint',
    tableOptions: '',
    keyedTableOptions: '',
  },
}
