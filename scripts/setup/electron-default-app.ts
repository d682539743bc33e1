import { writeFile } from 'node:fs/promises'

/**
 * What a stock Electron runs when it is given an app folder: it takes the folder from the command
 * line, tells Electron about it and imports its main file. Being an ES module, its evaluation,
 * and with it the app's, is over before Electron emits `ready`.
 */
const MAIN = `import { app } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true })

const args = process.argv.slice(1)
const modules = []
let target
for (let index = 0; index < args.length && target === undefined; index += 1) {
  if (args[index] === '-r' || args[index] === '--require') modules.push(args[(index += 1)])
  else if (!args[index].startsWith('-')) target = resolve(args[index])
}
if (target === undefined) {
  console.error('Usage: electron [options] <app folder>')
  app.exit(1)
} else {
  const require = createRequire(join(process.cwd(), 'start.js'))
  for (const module of modules) require(module)
  await start(target)
}

async function start(path) {
  let main = path
  const manifest = join(path, 'package.json')
  if (existsSync(manifest)) {
    const description = JSON.parse(readFileSync(manifest, 'utf8'))
    if (description.version) app.setVersion(description.version)
    app.name = description.productName ?? description.name ?? app.name
    app.setDesktopName(description.desktopName ?? app.name + '.desktop')
    app.setAppPath(path)
    main = join(path, description.main ?? 'index.js')
  }
  try {
    await import(pathToFileURL(main).href)
  } catch (error) {
    console.error('The app in ' + path + ' could not be started:', error)
    app.exit(1)
  }
}
`

const FILES = {
  'package.json': JSON.stringify({ name: 'electron', main: 'main.js', type: 'module' }),
  'main.js': MAIN,
}

/**
 * Writes the default app as one archive at `path` (`resources/default_app.asar`, where packagers
 * expect it, so that it never ends up in a product).
 */
export async function writeDefaultApp(path: string): Promise<void> {
  await writeFile(path, archive(FILES))
}

/** The asar layout: two size words, the length-prefixed JSON header padded to 4 bytes, the contents. */
function archive(files: Record<string, string>): Buffer {
  const entries: Record<string, { size: number; offset: string }> = {}
  const contents: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text)
    entries[name] = { size: content.length, offset: String(offset) }
    contents.push(content)
    offset += content.length
  }
  const header = Buffer.from(JSON.stringify({ files: entries }))
  const padding = Buffer.alloc((4 - (header.length % 4)) % 4)
  const payload = 4 + header.length + padding.length
  const sizes = Buffer.alloc(16)
  sizes.writeUInt32LE(4, 0)
  sizes.writeUInt32LE(payload + 4, 4)
  sizes.writeUInt32LE(payload, 8)
  sizes.writeUInt32LE(header.length, 12)
  return Buffer.concat([sizes, header, padding, ...contents])
}
