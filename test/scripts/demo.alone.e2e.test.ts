import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import { testDisplay } from '../helpers/lab.ts'

const root = resolve(import.meta.dirname, '../..')
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

/** Starts the demo in a process group of its own, as a terminal does, and watches what it starts. */
function startDemo(args: string[], display?: string) {
  const folder = temporaryFolder('demo-test')
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env
  const shown = display ? { DISPLAY: display } : {}
  const demo = spawn(process.execPath, [join(root, 'scripts/demo.ts'), ...args], {
    cwd: root,
    env: { ...environment, ...shown, TMPDIR: folder.path },
    detached: true,
    timeout: 100_000,
  })
  const pid = demo.pid as number
  let output = ''
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.on('data', (text: Buffer) => {
      output += text
    })
  }
  const seen = new Map<string, string>()
  const watch = setInterval(() => remember(pid, seen), 250)
  const ended = new Promise<number | null>((end) => demo.once('exit', end))
  void ended.then(() => clearInterval(watch))
  endings.push(async () => {
    if (demo.exitCode === null) demo.kill('SIGTERM')
    await ended
    folder.remove()
  })
  const until = async (pattern: RegExp) => {
    while (!pattern.test(output)) {
      if (demo.exitCode !== null) throw new Error(`The demo ended:\n${output}`)
      await pause(50)
    }
  }
  return { pid, folder, ended, until, seen, output: () => output }
}

/** Notes everything that descends from a process, with the time at which it was started. */
function remember(ancestor: number, seen: Map<string, string>): void {
  const processes = readdirSync('/proc').flatMap((pid) => statusOf(pid) ?? [])
  const family = new Set([String(ancestor)])
  // Children have higher numbers than their parents, unless the numbers have started anew.
  for (let size = 0; size !== family.size; ) {
    size = family.size
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid)
  }
  for (const { pid, startedAt } of processes) if (family.has(pid)) seen.set(pid, startedAt)
}

/** What of it is still there; a zombie is not, it only waits for whoever reaps the orphans. */
function leftOf({ seen }: ReturnType<typeof startDemo>): string[] {
  return [...seen]
    .filter(([pid, startedAt]) => {
      const now = statusOf(pid)
      return now?.startedAt === startedAt && now.state !== 'Z'
    })
    .map(([pid]) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))
}

/** proc(5): after the name, which may hold anything, come the state, the parent and 18 more. */
function statusOf(pid: string) {
  if (!/^\d+$/.test(pid)) return null
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { pid, state: fields[0], parent: fields[1] ?? '', startedAt: fields[19] ?? '' }
  } catch {
    return null
  }
}

const leftFolders = ({ folder }: { folder: TemporaryFolder }) =>
  readdirSync(folder.path).filter((name) => name.startsWith('latchkey-'))

test('by itself it gets the employee back in, step by step, and leaves nothing but pictures', async () => {
  const pictures = temporaryFolder('demo-pictures')
  endings.push(async () => pictures.remove())
  const demo = startDemo(['--headless', '--screenshots', pictures.path])
  expect(await demo.ended, demo.output()).toBe(0)
  const steps = demo.output().match(/✓ .* \d+\.\d\d s$/gm) ?? []
  expect(steps).toHaveLength(12)
  expect(demo.output()).toContain('accepts the new password and refuses the old one')
  expect(readdirSync(pictures.path)).toHaveLength(6)
  expect(leftOf(demo)).toEqual([])
  expect(leftFolders(demo)).toEqual([])
})

test('with a display it opens the helper for a person, and Ctrl-C ends everything', async () => {
  const demo = startDemo([], testDisplay())
  await demo.until(/Account {2,}alice[\s\S]*Mailbox {2,}http:[\s\S]*Authenticator: \d{6} \(/)
  // Samba, the backend, the helper and its children are there to be ended.
  await pause(500)
  expect(leftOf(demo).length).toBeGreaterThan(4)
  process.kill(-demo.pid, 'SIGINT')
  expect(await demo.ended).toBe(130)
  expect(leftOf(demo)).toEqual([])
  expect(leftFolders(demo)).toEqual([])
})

test('ended in the middle of its start it leaves nothing either', async () => {
  const demo = startDemo(['--headless'])
  await demo.until(/ok {6}desktop app/)
  // The domain is being provisioned now; only the demo itself is told.
  await pause(1_000)
  process.kill(demo.pid, 'SIGTERM')
  expect(await demo.ended).toBe(143)
  expect(leftOf(demo)).toEqual([])
  expect(leftFolders(demo)).toEqual([])
})
