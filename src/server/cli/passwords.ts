import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { describeList } from '../breached/describe-list.ts'
import { BreachedListError } from '../breached/error.ts'
import { explainListFault } from '../breached/explain-fault.ts'
import { createBreachedList } from '../breached/index.ts'
import { type ListFormat, listFormats, loadList } from '../breached/load-list.ts'
import { verifyIndex } from '../breached/open-index.ts'
import type { Progress } from '../breached/progress.ts'
import type { ConfigFile } from '../config/schema.ts'
import { type Command, complain, configFor, type ExitCode, say } from './terminal.ts'

const options = {
  config: { type: 'string' },
  format: { type: 'string' },
  verify: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const progressEveryMs = 5_000

/** The list of leaked passwords. */
export const passwords: Command = {
  summary: 'load the list of leaked passwords, or say which one is in use',
  usage:
    'latchkey-server passwords load FILE --config FILE [--format hibp|words]\n' +
    '       latchkey-server passwords status --config FILE [--verify] [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [verb, from, ...more] = positionals
    const isLoad = verb === 'load' && from !== undefined
    const isUsage = more.length === 0 && (isLoad || (verb === 'status' && from === undefined))
    const format = listFormats.find((one) => one === values.format)
    if (!isUsage || (values.format !== undefined && format === undefined)) {
      complain(`Usage: ${passwords.usage}`)
      return 2
    }
    const config = configFor(values.config)
    if (config === null) return 1
    return isLoad
      ? load(config.file, from, format ?? null)
      : status(config.file, values.verify ?? false, values.json ?? false)
  },
}

async function load(
  { passwords: { breachedIndex } }: ConfigFile,
  from: string,
  format: ListFormat | null,
): Promise<ExitCode> {
  if (breachedIndex === undefined) {
    complain('Where is the list to go? Set passwords.breachedIndex in the configuration first.')
    return 1
  }
  const tell = createProgressTeller(from)
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
  const onProgress = (progress: Progress) => {
    if (isInterrupted) throw new BreachedListError('was not loaded: interrupted')
    tell(progress)
  }
  try {
    const { count, loadedAt, source } = await loadList({
      ...{ from, to: breachedIndex, format, now: Date.now, onProgress },
    })
    say(`${breachedIndex}: ${describeList({ count, loadedAt, source })}.`)
    return 0
  } catch (error) {
    const isAboutSource = error instanceof BreachedListError || isPathOf(error, from)
    // Beside its place, where the file that is being written goes.
    const target = dirname(breachedIndex)
    const sentence = explainListFault(error, isAboutSource ? from : target)
    if (sentence === null) throw error
    complain(`${sentence} The list that was in use stays in use.`)
    return 1
  }
}

function isPathOf(error: unknown, path: string): boolean {
  return (error as NodeJS.ErrnoException).path === path
}

/** Says every few seconds how far it is. */
function createProgressTeller(from: string): (progress: Progress) => void {
  const startedAt = Date.now()
  const total = statSync(from, { throwIfNoEntry: false })?.size ?? 0
  let toldAt = startedAt
  return ({ bytes, count }) => {
    if (Date.now() - toldAt < progressEveryMs) return
    toldAt = Date.now()
    const megabytes = (size: number) => Math.round(size / 1e6).toLocaleString('en')
    const elapsed = Math.round((toldAt - startedAt) / 1000)
    complain(
      `  ${megabytes(bytes)} MB read (the file has ${megabytes(total)} MB), ` +
        `${count.toLocaleString('en')} hashes, ${elapsed} s`,
    )
  }
}

async function status(
  { passwords: { breachedIndex } }: ConfigFile,
  isWhole: boolean,
  isJson: boolean,
): Promise<ExitCode> {
  const list = createBreachedList({ path: breachedIndex ?? null, now: Date.now })
  try {
    const checked = await list.check()
    const damage =
      checked.ok && isWhole && breachedIndex !== undefined ? await damageOf(breachedIndex) : null
    const fault = checked.ok ? damage : checked.error.detail
    if (isJson) {
      const known = checked.ok ? checked.value : {}
      say(JSON.stringify({ usable: fault === null, ...known, fault }))
    } else if (checked.ok && fault === null) {
      say(`${breachedIndex ?? 'Leaked passwords'}: ${describeList(checked.value)}.`)
    } else complain(fault ?? '')
    return fault === null ? 0 : 1
  } finally {
    await list.close()
  }
}

async function damageOf(path: string): Promise<string | null> {
  try {
    await verifyIndex(path)
    return null
  } catch (error) {
    const sentence = explainListFault(error, path)
    if (sentence === null) throw error
    return sentence
  }
}
