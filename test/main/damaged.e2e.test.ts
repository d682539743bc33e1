import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { electronSwitches } from '../../scripts/lab/electron.ts'
import { temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import { ensureElectron } from '../../scripts/setup/electron-runtime.ts'
import { testDisplay } from '../helpers/lab.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = temporaryFolder('damaged')
const app = join(folder.path, 'app')

beforeEach(() => {
  rmSync(app, { recursive: true, force: true })
  for (const part of ['package.json', 'out/main', 'out/preload', 'out/renderer']) {
    cpSync(join(root, part), join(app, part), { recursive: true })
  }
})

afterAll(() => folder.remove())

async function start(): Promise<{ code: number | null; output: string }> {
  const { path } = await ensureElectron()
  const data = join(folder.path, 'data')
  const helper = spawn(path, [...electronSwitches(), `--user-data-dir=${data}`, app], {
    env: { ...process.env, DISPLAY: testDisplay(), HOME: folder.path },
    timeout: 15_000,
    killSignal: 'SIGKILL',
  })
  let output = ''
  for (const stream of [helper.stdout, helper.stderr]) {
    stream.on('data', (text: Buffer) => {
      output += text
    })
  }
  const code = await new Promise<number | null>((end) => helper.once('exit', end))
  return { code, output }
}

const damages = {
  'its page is missing': () => rmSync(join(app, 'out/renderer/index.html')),
  'its preload script is missing': () => rmSync(join(app, 'out/preload/preload.cjs')),
  'the main process fails on the way': () => {
    const main = join(app, 'out/main/main.js')
    mkdirSync(join(app, 'other'))
    writeFileSync(
      join(app, 'other/main.js'),
      `import { session } from 'electron'
session.fromPartition = () => { throw new Error('no session today') }
await import(${JSON.stringify(main)})`,
    )
    const manifest = { name: 'latchkey', type: 'module', main: 'other/main.js' }
    writeFileSync(join(app, 'package.json'), JSON.stringify(manifest))
  },
}

test.each(Object.entries(damages))('a helper ends and says so when %s', async (_, damage) => {
  damage()
  const { code, output } = await start()
  expect(output).toContain('Latchkey could not start; its installation may be damaged.')
  expect(code).toBe(1)
})
