import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { version } from '../../../src/server/version.ts'

// The command that the guide installs. An old Node cannot even read the program's own check.

const root = resolve(import.meta.dirname, '../../..')
const guide = readFileSync(join(root, 'docs/guide-for-it.md'), 'utf8')

/** Runs it with a Node that says it is `node`. */
function run(node: string) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-wrapper-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o755)
  }
  const [, script = ''] = /latchkey-server <<'END'\n([\s\S]*?)^END$/m.exec(guide) ?? []
  put('latchkey-server', script.replace('/opt/latchkey', root).replace('/opt/node/bin', folder))
  const real = `exec ${process.execPath} "$@"`
  const answer = `case "$1" in --version) echo ${node} ;; *) ${real} ;; esac`
  put('node', `#!/bin/sh\n${answer}\n`)
  const command = join(folder, 'latchkey-server')
  const { status, stdout, stderr } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}`.trim() }
}

test.each(['v18.20.4', 'v20.20.2', 'v22.21.0', 'v24.0.0', 'v24.6.0'])('%s is refused', (node) => {
  expect(run(node)).toEqual({
    status: 1,
    said: `latchkey-server: Node 24.7 or newer is needed, in /opt/node or on the path; found: ${node}`,
  })
})

test.each(['v24.7.0', 'v24.10.1', 'v24.21.0', 'v25.0.0', 'v30.1.0'])('%s will do', (node) => {
  expect(run(node)).toEqual({ status: 0, said: version })
})
