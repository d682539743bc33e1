import { Client, type ClientConfig } from 'pg'

/**
 * Every transaction appends to the audit chain, so every transaction holds the chain's lock until
 * it is committed. If each of them waited for the disk under that lock, the disk would be the limit:
 * one commit for one flush. So, while there are others in flight, a transaction commits with
 * `synchronous_commit=off`, which ends the lock without waiting, and is answered only after a flush
 * that began later, shared with all the others. PostgreSQL writes its log in order: a durable commit
 * of any transaction makes all earlier ones durable.
 *
 * The one danger is a server that crashes and comes back between the two: the flush would succeed
 * without what was lost. A crash ends every connection, so the flush counts only on the connection
 * that was open before the transaction began.
 */
export interface Flusher {
  /** To be taken before a transaction begins. Null: no flusher now, commit durably instead. */
  ticket(): Ticket | null
  close(): Promise<void>
}

/** @throws StoreUnavailableError when nobody knows whether the transaction is kept */
export type Ticket = { flush(): Promise<void> }

const retryAfterMs = 1_000
/** A record in the write-ahead log, for the commit to be of something; no table is touched. */
const statement = "select pg_logical_emit_message(true, 'latchkey', '')"

export function createFlusher(config: ClientConfig, explain: (cause: unknown) => unknown): Flusher {
  let current: Ticket | null = null
  let client: Client | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false

  async function connect(): Promise<void> {
    const opened = new Client(config)
    const lost = () => {
      if (client !== opened) return
      client = null
      current = null
      if (!closed) timer = setTimeout(connect, retryAfterMs).unref()
    }
    client = opened
    opened.on('error', lost)
    opened.on('end', lost)
    try {
      await opened.connect()
      if (await isDirect(opened)) current = ticketOn(opened, explain)
    } catch {
      lost()
      opened.end().catch(() => {})
    }
  }
  connect()

  return {
    ticket: () => current,
    async close() {
      closed = true
      clearTimeout(timer)
      current = null
      await client?.end().catch(() => {})
    },
  }
}

/**
 * A pooler between us and the server keeps our connection open when the server's is gone, so the
 * connection proves nothing. It shows in the process id, which a pooler makes up.
 */
async function isDirect(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid === (client as Client & { processID?: number }).processID
}

function ticketOn(client: Client, explain: (cause: unknown) => unknown): Ticket {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null

  function start(): Promise<void> {
    next = null
    running = client.query(statement).then(
      () => {
        running = null
      },
      (cause) => {
        running = null
        throw explain(cause)
      },
    )
    return running
  }

  return {
    flush() {
      if (running === null && next === null) return start()
      // The running one began too early for this commit. All that wait share the next one.
      next ??= (running ?? Promise.resolve()).then(start, start)
      return next
    },
  }
}
