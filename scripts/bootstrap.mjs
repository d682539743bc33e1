// Makes a clean clone runnable with one command: installs the packages when they are missing or
// out of date, then runs a TypeScript file of this project on the Node version it needs.
//
//   node scripts/bootstrap.mjs scripts/test.ts [arguments]
//
// Plain JavaScript without dependencies: runs on any Node >= 18.
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npmCommand, parseArguments, staleReason } from './setup/dependencies.mjs'
import { fetchNode, nodeBelow, versionOf } from './setup/fetch-node.mjs'
import { isAtLeast, lowestOf } from './setup/node-version.mjs'
import { run } from './setup/run.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const neededNode = lowestOf(readJson(join(root, 'package.json')).engines.node)

const parsed = parseArguments(process.argv.slice(2))
if (!parsed) fail('Usage: node scripts/bootstrap.mjs <script.ts> [arguments]')

await installPackages()
process.exit(
  await run(chooseNode(), [resolve(root, parsed.script), ...parsed.rest], {
    cwd: root,
    stdio: 'inherit',
    env: withPath(join(root, 'node_modules', '.bin')),
  }),
)

async function installPackages() {
  const wanted = readJson(join(root, 'package-lock.json'))
  if (!wanted) fail('package-lock.json is missing: this is not a complete copy of the repository.')
  const reason = staleReason(wanted, readJson(join(root, 'node_modules', '.package-lock.json')))
  if (!reason) return
  console.error(`Installing packages with npm ci (${reason}) …`)
  const node = await nodeForNpm(wanted)
  const npm = npmCommand(process.env, node, process.platform)
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const code = await run(npm.command, [...npm.leading, ...options], {
    cwd: root,
    shell: npm.shell,
    // npm's own chatter goes to stderr: stdout belongs to the script that is about to run.
    stdio: ['ignore', 2, 2],
    // Older npms use what newer Nodes warn of.
    env: { ...withPath(dirname(node)), NODE_NO_WARNINGS: '1' },
  })
  if (code > 128) process.exit(code)
  if (code !== 0) {
    fail(
      'npm ci failed; its message is above. It needs npm 9 or later, an npm registry in reach ' +
        '(set "registry" or "proxy" in .npmrc if yours is not the public one) and 1 GB of disk space.',
    )
  }
}

async function nodeForNpm(lock) {
  if (isAtLeast(process.versions.node, neededNode)) return process.execPath
  return (await fetchNode(lock.packages['node_modules/node'].version)) ?? process.execPath
}

/** The Node of the lock file; the one that runs us now if that is new enough. */
function chooseNode() {
  const own = nodeBelow(root)
  if (isAtLeast(versionOf(own), neededNode)) return own
  if (isAtLeast(process.versions.node, neededNode)) return process.execPath
  fail(
    `Node ${neededNode} or later is needed and this is ${process.versions.node}. The package "node" brings it, ` +
      'but its install script did not run: allow install scripts ("npm config get ignore-scripts" must say false), ' +
      'delete node_modules and start again, or install Node yourself.',
  )
}

function withPath(folder) {
  return { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` }
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
