/** What the load generator is told. */
export interface LoadTask {
  origin: string
  port: number
  caPem: string
  /** How many clients at once, each with one connection. */
  connections: number
  people: { account: string; code: string }[]
  /** Host name of the domain controller that the clients claim to reach. */
  controller: string
}

/** What it found. */
export interface LoadReport {
  elapsedMs: number
  /** Its own share of the processors. */
  cpuMs: number
  /** Each request, and each recovery as a whole. */
  requestMs: number[]
  recoveryMs: number[]
  /** What one recovery was answered, for the floor to answer the same. */
  sample: Sample | null
}

export interface Sample {
  start: string
  verify: string
  plan: string
}

/** How many durable commits each request of the product makes, and so each of the floor. */
export const durableCommits = { start: 1, verify: 2, plan: 1 } as const
