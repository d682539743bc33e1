import { join } from 'node:path'
import type { LabBackend } from '../../../scripts/lab/backend.ts'
import { type Lab, startLab } from '../../../scripts/lab/lab.ts'
import { type Detail, type Figure, type Findings, figure } from '../figures.ts'
import { createAccounts, enrolPeople, type People } from '../people.ts'
import { processorTime } from '../processor-time.ts'
import { createStore, type EngineName, engines, startBenchBackend, underLoad } from '../stack.ts'
import { interleave, median, type Pair, percentile } from '../statistics.ts'
import type { BareRoute } from './bare-server.ts'
import { type Generator, startGenerator } from './generator.ts'
import { durableCommits, type LoadReport, type LoadTask, type Sample } from './load-types.ts'
import { countWrites, postmasterOf } from './postgres-facts.ts'
import { createQueue } from './queue.ts'
import { startBare, startGridless, type Target } from './servers.ts'

/** How many recoveries one sample takes, for each number of connections. */
const loads = [
  { connections: 1, recoveries: 30 },
  { connections: 8, recoveries: 120 },
  { connections: 64, recoveries: 480 },
] as const
const PAIRS = 5
const PEOPLE = 600
/** Enough for the compiler of each process to have seen what it has to do. */
const WARM_UP = { connections: 8, recoveries: 600 }
/** What is hoped for with the most clients, on both engines. */
const aims = { connections: 64, perSecond: 300, p99Ms: 100 } as const
const target = { bound: 'at least', value: 0.5 } as const

type Load = (typeof loads)[number] | typeof WARM_UP
type Queue = ReturnType<typeof createQueue>
type LoadGenerator = Generator<LoadTask, LoadReport>

/** Recoveries per second from the name to the plan, with one proof by an authenticator app. */
export async function measureRecoveries(): Promise<Findings> {
  const lab = await startLab()
  const generator: LoadGenerator = startGenerator(join(import.meta.dirname, 'load.ts'))
  try {
    const names = await createAccounts(lab, PEOPLE)
    const figures: Figure[] = []
    const details: Detail[] = []
    for (const engine of engines) {
      const found = await measureEngine(lab, generator, engine, names)
      figures.push(...found.figures)
      details.push(...found.details)
    }
    return { figures, details, notes }
  } finally {
    generator.stop()
    await lab.stop()
  }
}

async function measureEngine(
  lab: Lab,
  generator: LoadGenerator,
  engine: EngineName,
  names: readonly string[],
): Promise<Pick<Findings, 'figures' | 'details'>> {
  const stops: (() => unknown)[] = []
  const keep = <T extends { stop(): unknown }>(part: T): T => {
    stops.push(() => part.stop())
    return part
  }
  try {
    const { section, address } = await createStore(lab, engine)
    const backend = keep(
      await startBenchBackend(lab, { ...(section ? { store: section } : {}), sections: underLoad }),
    )
    const people = await enrolPeople(backend.configFile, names)
    stops.push(() => people.close())
    const bench = await openBench(lab, generator, people)
    const product = targetOf(backend)
    const { sample } = await bench.run(product, WARM_UP)
    if (sample === null) throw new Error('nobody was recovered')
    if (engine === 'postgres') await checkCommits(address, () => bench.run(product, loads[0]))
    const gridless = keep(await startGridless(backend))
    const bare = keep(await startBare(lab, engine, routesOf(sample)))
    await bench.run(gridless, WARM_UP)
    await bench.run(bare, WARM_UP)
    return await measureLoads(engine, bench, { product, gridless, bare })
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

type Bench = Awaited<ReturnType<typeof openBench>>

async function openBench(lab: Lab, generator: LoadGenerator, people: People) {
  const { realm, netbiosName, host } = lab.directory
  const queue: Queue = createQueue(people, { dns: realm.toLowerCase(), netbios: netbiosName })
  const shared = {
    directory: lab.directory.pid() ?? 0,
    database: await postmasterOf(lab.postgres.url),
  }
  return {
    async run({ origin, port }: Target, { connections, recoveries }: Load): Promise<LoadReport> {
      const taken = await queue.take(recoveries)
      const common = { origin, port, connections, controller: host, caPem: lab.caPem }
      return generator.run({ ...common, people: taken })
    },
    /** The processors' time of everybody who takes part, in milliseconds. */
    processorTimes: ({ pid }: Target) => ({
      server: processorTime(pid),
      directory: processorTime(shared.directory),
      database: processorTime(shared.database),
    }),
  }
}

async function measureLoads(
  engine: EngineName,
  bench: Bench,
  servers: { product: Target; gridless: Target; bare: Target },
): Promise<Pick<Findings, 'figures' | 'details'>> {
  const figures: Figure[] = []
  const details: Detail[] = []
  for (const load of loads) {
    const { connections } = load
    const name = `recoveries, ${engine}, ${connections} ${connections === 1 ? 'client' : 'clients'}`
    const bare = observe(bench, servers.bare, load)
    const product = observe(bench, servers.product, load)
    const gridless = observe(bench, servers.gridless, load)
    const asIs = await interleave(PAIRS, product.rate, bare.rate)
    const without = await interleave(PAIRS, gridless.rate, bare.rate)
    // The grid keeps a client waiting, not the server busy: with few clients it is all one sees.
    const isBusy = connections >= 64
    figures.push(figure(name, '/s', asIs, isBusy ? target : undefined))
    figures.push(figure(`${name}, no grid`, '/s', without, isBusy ? undefined : target))
    if (connections === aims.connections) details.push(...judgeAims(name, asIs, product.requestMs))
    details.push(...product.details(name), ...gridless.details(`${name}, no grid`))
    details.push(...bare.details(`${name}, floor`))
  }
  return { figures, details }
}

/** Runs one load on one server as often as asked, and remembers what was seen. */
function observe(bench: Bench, server: Target, load: Load) {
  const requestMs: number[] = []
  const spent = { server: 0, directory: 0, database: 0, generator: 0 }
  let recoveries = 0
  return {
    requestMs,
    async rate(): Promise<number> {
      const before = bench.processorTimes(server)
      const report = await bench.run(server, load)
      const after = bench.processorTimes(server)
      for (const name of ['server', 'directory', 'database'] as const) {
        spent[name] += after[name] - before[name]
      }
      spent.generator += report.cpuMs
      requestMs.push(...report.requestMs)
      recoveries += load.recoveries
      return (load.recoveries / report.elapsedMs) * 1000
    },
    details(name: string): Detail[] {
      const at = (share: number) => percentile(requestMs, share)
      const shares = Object.entries(spent).map(([who, ms]) => [who, ms / recoveries])
      const values = { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
      return [
        { name: `${name}: each request`, unit: 'ms', values },
        {
          name: `${name}: processor time of one recovery`,
          unit: 'ms',
          values: Object.fromEntries(shares),
        },
      ]
    },
  }
}

function judgeAims(name: string, pairs: readonly Pair[], requestMs: readonly number[]): Detail[] {
  const perSecond = median(pairs.map(({ ours }) => ours))
  const p99 = percentile(requestMs, 0.99)
  return [
    {
      ...{ name: `${name}: rate`, unit: '/s', values: { median: perSecond } },
      aim: { text: `at least ${aims.perSecond} /s`, met: perSecond >= aims.perSecond },
    },
    {
      ...{ name: `${name}: slowest of a hundred requests`, unit: 'ms', values: { p99 } },
      aim: { text: `under ${aims.p99Ms} ms`, met: p99 < aims.p99Ms },
    },
  ]
}

function routesOf({ start, verify, plan }: Sample): BareRoute[] {
  const path = '/api/v1/recoveries'
  const one = `${path}/:id`
  return [
    { path, status: 201, body: start, commits: durableCommits.start },
    {
      ...{ path: `${one}/methods/:method/verify`, status: 200 },
      ...{ body: verify, commits: durableCommits.verify },
    },
    { path: `${one}/plan`, status: 200, body: plan, commits: durableCommits.plan },
  ]
}

function targetOf(backend: LabBackend): Target {
  const { origin, port } = backend
  return { origin, port, pid: backend.pid(), stop: async () => {} }
}

/** The floor must make as many durable commits as the product does: counted, not believed. */
async function checkCommits(url: string, run: () => Promise<LoadReport>): Promise<void> {
  const before = await countWrites(url)
  const { recoveryMs } = await run()
  const each = ((await countWrites(url)) - before) / recoveryMs.length
  const expected = Object.values(durableCommits).reduce((sum, count) => sum + count, 0)
  // Background work writes now and then too.
  if (each < expected || each > expected + 0.9) {
    throw new Error(`a recovery makes ${each.toFixed(1)} commits; the floor makes ${expected}`)
  }
}

const notes = [
  'Recoveries: POST recoveries, verify a code, plan; every one of another account, which the ' +
    'backend has to look up in the directory. The floor is Fastify over HTTPS that answers the same ' +
    'requests with the same bytes after as many durable commits of one row. Both get the same load ' +
    'from the same generator, a process of its own on the same processors; keys, codes, first ' +
    'proofs and connections are made before the clock starts, the other proofs while it runs.',
  'Answers about proofs leave on a grid of 50 ms (P6), which is most of what few clients see; ' +
    '"no grid" is the same backend without it.',
]
