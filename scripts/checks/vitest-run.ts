import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import type { VitestReport } from './test-counts.ts'

export interface VitestRun {
  exitCode: number
  /** What it reported, unless it crashed before that. */
  report?: VitestReport
  /** What somebody ended the run with; a report would tell of a part of the tests. */
  interruptedBy?: NodeJS.Signals
}

const REPORT = 'test-results/vitest.json'
const TIMEOUT_MS = 45 * 60_000
const STOP_TIMEOUT_MS = 20_000

/** Runs vitest with its output shown. Asked to end, it ends the lab first; so we wait for that. */
export async function runVitest(args: readonly string[]): Promise<VitestRun> {
  await rm(REPORT, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
  const child = spawn('vitest', ['run', ...reporters, ...args], { stdio: 'inherit' })
  const late = setTimeout(() => {
    console.error(
      `The tests took longer than ${TIMEOUT_MS / 60_000} minutes; they are being ended.`,
    )
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS).unref()
  }, TIMEOUT_MS)
  const run: VitestRun = { exitCode: 1 }
  const forward = (signal: NodeJS.Signals) => {
    run.interruptedBy ??= signal
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, forward)
  run.exitCode = await new Promise<number>((settle) => {
    child.once('error', (error) => {
      console.error(`vitest could not be started: ${error.message}`)
      settle(127)
    })
    child.once('exit', (code) => settle(code ?? 1))
  })
  clearTimeout(late)
  for (const signal of signals) process.off(signal, forward)
  if (run.interruptedBy) return run
  const text = await readFile(REPORT, 'utf8').catch(() => undefined)
  if (text !== undefined) run.report = JSON.parse(text) as VitestReport
  return run
}
