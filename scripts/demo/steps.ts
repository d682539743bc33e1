/** Prints what happens, one line a step, with its time. */
export interface Steps {
  /** Runs a step and prints how long it took; a failure is printed and thrown on. */
  run<T>(what: string, work: () => Promise<T>): Promise<T>
}

/** Steps on the terminal. */
export function terminalSteps(write: (line: string) => void = console.log): Steps {
  return {
    async run(what, work) {
      const start = performance.now()
      try {
        const value = await work()
        write(`  ✓ ${what.padEnd(64)} ${seconds(start)}`)
        return value
      } catch (error) {
        write(`  ✗ ${what.padEnd(64)} ${seconds(start)}`)
        throw error
      }
    },
  }
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(2).padStart(6)} s`
}
