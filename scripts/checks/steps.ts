import type { Step } from './run-steps.ts'

const MINUTE_MS = 60_000

/** Types, lint and the import table: everything that can be said without running the product. */
export const staticSteps: readonly Step[] = [
  { name: 'types', command: 'tsc', args: ['-b'], timeoutMs: 5 * MINUTE_MS },
  {
    name: 'lint and format',
    command: 'biome',
    args: ['ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=30'],
    timeoutMs: 2 * MINUTE_MS,
  },
  {
    name: 'import table',
    command: 'depcruise',
    args: ['--config', '.dependency-cruiser.mjs', 'src', 'scripts', 'test'],
    timeoutMs: 2 * MINUTE_MS,
  },
]

export const unitTests: Step = {
  name: 'unit tests',
  command: 'vitest',
  args: ['run', '--project', 'unit', '--reporter=dot'],
  timeoutMs: 2 * MINUTE_MS,
}
