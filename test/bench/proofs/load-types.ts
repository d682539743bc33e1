/** A request that was made before the clock starts: signed, and put into words. */
export interface Prepared {
  path: string
  /** Header lines, each with its end. */
  headers: string
  body: string
}

/** What the load generator is told: to send requests, or to make hashes. */
export type ProofTask =
  | { port: number; caPem: string; connections: number; requests: Prepared[] }
  | { connections: number; hashes: number }

/** What it found. */
export interface ProofReport {
  elapsedMs: number
  /** Of each request, in the order in which they were given, and what was answered. */
  requestMs: number[]
  answers: string[]
}
