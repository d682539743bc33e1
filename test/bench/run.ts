// The measures of "npm run bench", by name; all of them when none is named. Prints one table and
// writes bench/results.json. A missed target is a finding, not a failure: only a measurement that
// could not be made ends with code 1.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { onShutdown } from '../../scripts/lab/shutdown.ts'
import { measureBreached } from './breached.ts'
import { measureColdStart } from './cold-start.ts'
import { type Findings, renderTable } from './figures.ts'
import { describeMachine, type MachineFacts } from './machine.ts'
import { measureMemory } from './memory.ts'
import { measurePolicy } from './policy.ts'
import { measureProofs } from './proofs/measure.ts'
import { measureRecoveries } from './recoveries/measure.ts'
import { measureWrite } from './write.ts'

const RESULTS = resolve(import.meta.dirname, '../../bench/results.json')

const measures: Record<string, () => Promise<Findings>> = {
  'cold-start': measureColdStart,
  write: measureWrite,
  memory: measureMemory,
  recoveries: measureRecoveries,
  proofs: measureProofs,
  policy: measurePolicy,
  breached: measureBreached,
}

type Results = Record<string, Findings & { machine: MachineFacts }>

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in measures))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}: choose of ${Object.keys(measures).join(', ')}.`)
  process.exit(1)
}
onShutdown(async () => {})
process.exit((await measureAll(wanted.length > 0 ? wanted : Object.keys(measures))) ? 0 : 1)

async function measureAll(names: string[]): Promise<boolean> {
  const machine = await describeMachine(new Date())
  const results: Results = {}
  let complete = true
  for (const name of names) {
    console.log(`Measuring ${name} …`)
    try {
      const found = await measures[name]?.()
      if (found) results[name] = { machine, ...found }
    } catch (error) {
      complete = false
      console.error(`${name} could not be measured:`, error)
    }
  }
  const findings = Object.values(results)
  if (findings.length === 0) return false
  keep(results)
  console.log(
    `\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; Node`,
    machine.node,
  )
  console.log(`Electron ${machine.electron}; ${machine.date}; commit ${machine.commit}\n`)
  for (const note of findings.flatMap(({ notes }) => notes)) console.log(`- ${note}`)
  console.log(`\n${renderTable(findings)}`)
  return complete
}

/** What was not measured this time stays as it was, with the machine that it was measured on. */
function keep(results: Results): void {
  let known: Results = {}
  try {
    known = JSON.parse(readFileSync(RESULTS, 'utf8'))
  } catch {
    // The first time.
  }
  const all = { ...known, ...results }
  const inOrder = Object.keys(measures).flatMap((name) => (all[name] ? [[name, all[name]]] : []))
  mkdirSync(dirname(RESULTS), { recursive: true })
  writeFileSync(RESULTS, `${JSON.stringify(Object.fromEntries(inOrder), null, 2)}\n`)
}
