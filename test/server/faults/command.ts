import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { type RunningProcess, startProcess } from '../../../scripts/lab/process.ts'
import { uniqueName } from '../../helpers/lab.ts'

const cli = resolve(import.meta.dirname, '../../../src/server/cli.ts')

/** What a test may change in a configuration: deep, and without types, as an administrator could. */
// biome-ignore lint/suspicious/noExplicitAny: the configuration is wrong on purpose
export type Change = (config: any) => void

/** A copy of a configuration that is right, with one thing changed. */
export function changedConfig(file: string, change: Change): string {
  const config = JSON.parse(readFileSync(file, 'utf8'))
  change(config)
  const changed = join(dirname(file), `${uniqueName('changed')}.json`)
  writeFileSync(changed, JSON.stringify(config))
  return changed
}

/** Starts a command of `latchkey-server`; ended with the test at the latest. */
export async function start(config: string, ...args: string[]): Promise<RunningProcess> {
  const command = await startProcess({
    name: `latchkey-server ${args[0]}`,
    command: process.execPath,
    args: [cli, ...args, '--config', config],
    env: process.env,
    stopTimeoutMs: 12_000,
  })
  onTestFinished(() => command.stop())
  return command
}

/** Runs a command to its end: what it says, line by line, and its exit code. */
export async function run(config: string, ...args: string[]) {
  const command = await start(config, ...args)
  const { code } = await command.exited
  return { code, lines: command.output().trim().split('\n') }
}

/** What is wrong according to `doctor`: each finding with its way out, in one line. */
export async function diagnose(config: string): Promise<string[]> {
  const { code, lines } = await run(config, 'doctor')
  const wrong = lines.flatMap((line, at) =>
    line.startsWith('FAIL') ? [`${line.slice(6)} ${lines[at + 1]?.trim()}`] : [],
  )
  if ((code === 1) !== wrong.length > 0) throw new Error(`exit code ${code}: ${lines.join('\n')}`)
  return wrong
}
