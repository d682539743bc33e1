// npm run build: the desktop app into out/, the portal into dist/portal/.
import { buildSteps } from './build-steps.ts'
import { runSteps } from './checks/run-steps.ts'

process.exitCode = (await runSteps(buildSteps())) === 0 ? 0 : 1
