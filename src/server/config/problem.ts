/** One thing that is wrong with the configuration, and what to write instead. */
export type ConfigProblem = {
  /** Where: `mail.port`, or the name of an environment variable. */
  readonly path: string
  readonly reason: string
  readonly expected: string
}

/** A line for the terminal. */
export function describeProblem({ path, reason, expected }: ConfigProblem): string {
  return `${path}: ${reason}; expected ${expected}`
}
