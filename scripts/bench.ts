// npm run bench: sets up what is needed, measures the product against the least that could do the
// same, prints a table and writes bench/results.json. "npm run bench -- cold-start" measures one.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { buildSteps } from './build-steps.ts'
import { runSteps } from './checks/run-steps.ts'
import { prepare } from './setup/prepare.ts'

const MEASURES = resolve(import.meta.dirname, '../test/bench/run.ts')

process.exit(
  await bench().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }),
)

async function bench(): Promise<number> {
  await prepare(['directory', 'postgres', 'electron', 'display'])
  if ((await runSteps(buildSteps())) > 0) return 1
  const child = spawn(process.execPath, [MEASURES, ...process.argv.slice(2)], { stdio: 'inherit' })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  return new Promise((settle, refuse) => {
    child.once('error', refuse)
    child.once('exit', (code) => settle(code ?? 1))
  })
}
