/** A file on this machine. Several processes may have it open; the disk must be a local one. */
export type SqliteConfig = { readonly engine: 'sqlite'; readonly file: string }

/**
 * A PostgreSQL database of its own (12 or later), reached directly or through a pooler that gives
 * each client a server session.
 */
export type PostgresqlConfig = {
  readonly engine: 'postgresql'
  /**
   * `postgresql://user@host:port/database`. The host may be the folder of a Unix socket, percent-encoded.
   * Beyond this machine the connection is always TLS with the server's name verified.
   */
  readonly url: string
  /** Rather here than in the address, which finds its way into messages. */
  readonly password?: string
  /** The authority of the server's certificate; without it, those that Node trusts. */
  readonly caPem?: string
  /** 10 when left out; one more is kept for flushing. */
  readonly maxConnections?: number
}

export type StoreConfig = SqliteConfig | PostgresqlConfig
