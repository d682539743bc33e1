// npm run build: the desktop app and the portal, into out/.
import { buildSteps } from './build-steps.ts'
import { runSteps } from './checks/run-steps.ts'

process.exitCode = (await runSteps(buildSteps())) === 0 ? 0 : 1
