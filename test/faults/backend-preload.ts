/**
 * Loaded into the backend before the product, by NODE_OPTIONS. Two things that cannot be done from
 * outside: the time that passes while it is down, and a death around a commit inside its own process.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { keyOf } from './points.ts'

const folder = process.env.TEST_FAULTS_FOLDER ?? ''

function read(name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch {
    return ''
  }
}

const realNow = Date.now
let offset = Number(read('clock'))
Date.now = () => realNow() + offset
process.on('SIGUSR2', () => {
  offset = Number(read('clock'))
})

/** What the open transaction has written: events of the audit log, else tables. */
const events = new Set<string>()
const tables = new Set<string>()
const times = new Map<string, number>()
let round = ''

for (const method of ['run', 'all'] as const) {
  const original = StatementSync.prototype[method] as (...values: unknown[]) => unknown
  const watched = function (this: StatementSync, ...values: unknown[]) {
    const [, table] = /^(?:insert into|update|delete from) "?(\w+)/i.exec(this.sourceSQL) ?? []
    if (table === 'audit_entries') events.add(JSON.parse(String(values[1])).event)
    else if (table !== undefined && table !== 'audit_head') tables.add(table)
    return original.apply(this, values)
  }
  Object.assign(StatementSync.prototype, { [method]: watched })
}

const exec = DatabaseSync.prototype.exec
DatabaseSync.prototype.exec = function (sql) {
  if (sql === 'begin immediate') {
    events.clear()
    tables.clear()
  }
  const label = sql === 'commit' ? labelOf() : null
  if (label === null) return exec.call(this, sql)
  pass(label, 'before')
  exec.call(this, sql)
  pass(label, 'after')
}

/** Mail that is sent beside the requests is none of the walk's business. */
function labelOf(): string | null {
  tables.delete('outbox')
  const named = events.size > 0 ? events : tables
  return named.size === 0 ? null : `commit ${[...named].sort().join(', ')}`
}

/** Dies here, if the walk has not been here before. */
function pass(label: string, when: 'before' | 'after'): void {
  const [wanted = '', ...known] = read('round').split('\n')
  if (wanted === '') return
  if (wanted !== round) times.clear()
  round = wanted
  const nth = (times.get(`${label} ${when}`) ?? 0) + 1
  times.set(`${label} ${when}`, nth)
  const point = { leg: 'store', label, nth, when } as const
  if (known.includes(keyOf(point))) return
  writeFileSync(join(folder, `died-${round}`), JSON.stringify(point))
  process.kill(process.pid, 'SIGKILL')
}
