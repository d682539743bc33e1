import { runCommand } from '../setup/run-command.ts'

export interface Step {
  name: string
  command: string
  args: string[]
  /** Milliseconds. */
  timeoutMs: number
}

const SHOWN_LINES = 200

/**
 * Runs steps side by side, prints a line for each and what a failed one had to say.
 *
 * @returns how many failed
 */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  const results = await Promise.all(steps.map(runStep))
  return results.filter((passed) => !passed).length
}

async function runStep(step: Step): Promise<boolean> {
  const started = performance.now()
  const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' }
  const { name, command, args, timeoutMs } = step
  const result = await runCommand(command, args, { env, timeoutMs })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (result.code === 0) {
    console.log(`ok      ${name} (${seconds} s)`)
    return true
  }
  const output = `${result.stdout}\n${result.stderr}`.trim().split('\n')
  const left = output.length - SHOWN_LINES
  console.log(`FAILED  ${name} (${seconds} s): ${command} ${args.join(' ')}`)
  console.log(output.slice(0, SHOWN_LINES).join('\n'))
  if (left > 0) console.log(`… and ${left} lines more`)
  return false
}
