import { spawn } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../scripts/lab/temporary-folder.ts'

const script = resolve(import.meta.dirname, '../../scripts/checks/vitest-run.ts')
const report = { testResults: [] }

/** Runs vitest, in whose place stands a shell script, and answers what came of it. */
function start(vitest: string) {
  const folder = temporaryFolder('vitest-run')
  onTestFinished(folder.remove)
  const program = join(folder.path, 'vitest')
  const leaveReport = `mkdir -p test-results; echo '${JSON.stringify(report)}' > test-results/vitest.json`
  writeFileSync(program, `#!/bin/sh\n${leaveReport}\n${vitest}\n`)
  chmodSync(program, 0o755)
  const code = `
    const { runVitest } = await import(${JSON.stringify(script)})
    console.error(JSON.stringify(await runVitest([])))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder.path,
    env: { ...process.env, PATH: `${folder.path}${delimiter}${process.env.PATH}` },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, outcome: text(child.stderr).then((said) => JSON.parse(said)) }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a run that is ended by %s is said to be, and has no report, however it ends',
  async (signal) => {
    const { child, outcome } = start(`trap 'exit 0' ${signal.slice(3)}
      echo ready
      while :; do sleep 0.1; done`)
    child.stdout.once('data', () => child.kill(signal))
    expect(await outcome).toEqual({ exitCode: 0, interruptedBy: signal })
  },
)

test('a run that comes to its end has a report', async () => {
  expect(await start('exit 1').outcome).toEqual({ exitCode: 1, report })
})
