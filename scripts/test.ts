// npm test: sets up what is needed, runs every check and every test, and ends with one line of counts.
// Arguments go to vitest: "npm test -- test/directory" runs those tests only, without the checks.
import { constants } from 'node:os'
import { buildSteps } from './build-steps.ts'
import { runSteps } from './checks/run-steps.ts'
import { staticSteps } from './checks/steps.ts'
import {
  type Counts,
  countsLine,
  countTests,
  isSuccess,
  missingKinds,
} from './checks/test-counts.ts'
import { runVitest } from './checks/vitest-run.ts'
import { prepare } from './setup/prepare.ts'

const filters = process.argv.slice(2)
const counts = await runEverything().catch((error: unknown): Counts => {
  console.error(error instanceof Error ? error.message : error)
  return { passed: 0, failed: 1, skipped: 0 }
})
console.log(`\n${countsLine(counts)}`)
process.exit(isSuccess(counts) ? 0 : 1)

async function runEverything(): Promise<Counts> {
  await prepare(['directory', 'postgres', 'electron', 'display', 'browser'])
  const complete = filters.length === 0
  let failedSteps = await runSteps(buildSteps())
  if (complete) failedSteps += await runSteps(staticSteps)
  const { exitCode, report, interruptedBy } = await runVitest(filters)
  if (interruptedBy) leave(interruptedBy)
  const result = countTests(report, exitCode, complete)
  if (complete) {
    for (const kind of missingKinds(report)) console.error(`No *${kind} ran.`)
  }
  return { ...result, failed: result.failed + failedSteps }
}

/** What ran until then says nothing about the rest, so nothing is counted. */
function leave(interruptedBy: NodeJS.Signals): never {
  console.error(`\nInterrupted (${interruptedBy}): not all tests have run, so there are no counts.`)
  process.exit(128 + constants.signals[interruptedBy])
}
