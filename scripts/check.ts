// npm run check: what a change must pass before it is shared, in less than a minute.
import { runSteps } from './checks/run-steps.ts'
import { staticSteps, unitTests } from './checks/steps.ts'

const failed = await runSteps([...staticSteps, unitTests])
process.exitCode = failed === 0 ? 0 : 1
