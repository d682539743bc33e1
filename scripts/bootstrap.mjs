// Makes a clean clone runnable with one command: installs the packages when they are missing or
// out of date, then runs a TypeScript file of this project on the Node version it needs.
//
//   node scripts/bootstrap.mjs scripts/test.ts [arguments]
//
// Plain JavaScript without dependencies: runs on any Node >= 18.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npmCommand, parseArguments, staleReason } from './setup/dependencies.mjs'

const NEEDED_NODE = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const binFolder = join(root, 'node_modules', '.bin')

const parsed = parseArguments(process.argv.slice(2))
if (!parsed) fail('Usage: node scripts/bootstrap.mjs <script.ts> [arguments]')

await installPackages()
process.exit(
  await run(chooseNode(), [resolve(root, parsed.script), ...parsed.rest], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}` },
  }),
)

async function installPackages() {
  const wanted = readJson(join(root, 'package-lock.json'))
  if (!wanted) fail('package-lock.json is missing: this is not a complete copy of the repository.')
  const reason = staleReason(wanted, readJson(join(root, 'node_modules', '.package-lock.json')))
  if (!reason) return
  console.error(`Installing packages with npm ci (${reason}) …`)
  const npm = npmCommand(process.env, process.execPath, process.platform)
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  // npm's own chatter goes to stderr: stdout belongs to the script that is about to run.
  const code = await run(npm.command, [...npm.leading, ...options], {
    shell: npm.shell,
    stdio: ['ignore', 2, 2],
  })
  if (code > 128) process.exit(code)
  if (code !== 0) {
    fail(
      'npm ci failed; its message is above. It needs to reach an npm registry ' +
        '(set "registry" or "proxy" in .npmrc if yours is not the public one) and about 1 GB of disk space.',
    )
  }
}

/** The Node of the lock file; the one that runs us now if that is new enough. */
function chooseNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const own = join(root, 'node_modules', 'node', 'bin', file)
  const version = spawnSync(own, ['--version'], { encoding: 'utf8' }).stdout ?? ''
  if (Number.parseInt(version.slice(1), 10) >= NEEDED_NODE) return own
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_NODE) return process.execPath
  fail(
    `Node ${NEEDED_NODE} or later is needed and this is ${process.versions.node}. The package "node" brings it, ` +
      'but its install script did not run: allow install scripts ("npm config get ignore-scripts" must say false), ' +
      'delete node_modules and start again, or install Node yourself.',
  )
}

/** Runs a command to its end and gives its exit code, 128 + n when signal n ended it. */
function run(command, args, options) {
  const child = spawn(command, args, { cwd: root, ...options })
  // The child stops what it started and then exits; we wait for that however often we are asked.
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  const watch = process.env.npm_lifecycle_event ? watchParent(() => forward('SIGTERM')) : undefined
  return new Promise((settle) => {
    child.on('error', (error) => fail(`${command} could not be started: ${error.message}`))
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      for (const name of signals) process.off(name, forward)
      settle(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1))
    })
  })
}

/** npm's shell passes no signal on: when somebody ends npm, we only see that the shell is gone. */
function watchParent(gone) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    gone()
  }, 500)
  return timer
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
