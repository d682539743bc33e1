import { join } from 'node:path'
import { type Lab, startLab } from '../../../scripts/lab/lab.ts'
import { type MethodKind, methodKinds } from '../../../src/contract/method-kinds.ts'
import type { FoundAccount } from '../../../src/server/domain/ports/directory.ts'
import type { OpenParts } from '../../../src/server/open-parts.ts'
import { type Detail, type Figure, type Findings, figure } from '../figures.ts'
import { createAccounts, openBenchParts } from '../people.ts'
import type { BareRoute } from '../recoveries/bare-server.ts'
import { startGenerator } from '../recoveries/generator.ts'
import { countWrites } from '../recoveries/postgres-facts.ts'
import { startBare, startGridless, type Target } from '../recoveries/servers.ts'
import { createStore, type EngineName, engines, startBenchBackend, underLoad } from '../stack.ts'
import { interleave, type Pair, percentile } from '../statistics.ts'
import { type Batch, createProver, hasChallenge, type Load, type ProofGenerator } from './batch.ts'

const loads: readonly Load[] = [
  { connections: 1, proofs: 16 },
  { connections: 8, proofs: 64 },
]
const WARM_UP = { connections: 8, proofs: 64 }
const PAIRS = 5
/** A phone is asked three times in ten minutes, and no more: nobody's turn comes more often. */
const PEOPLE = 200
/** How many durable commits the product makes for each request, and so the floor. */
const commits = { challenge: 1, verify: 2, phone: 1 } as const
/** Argon2id: one of what is sent and one of what is typed. */
const hashes: Partial<Record<MethodKind, number>> = {
  ...{ recoveryCode: 1, temporaryPass: 1, sms: 2, email: 2 },
}
/** Every kind may be used, and no cap on what is sent stands in the way of a load. */
const sections = {
  policy: { required: 2, methods: [...methodKinds] },
  limits: {
    ...underLoad.limits,
    ...{ codesForAccount: 50, codesForMailbox: 50, codesInAll: 1_000_000 },
    ...{ smsForAccount: 50, smsForNumber: 50, smsFromAddress: 10_000 },
    ...{ smsInAll: 1_000_000, smsToPrefix: 1_000_000, smsInDay: 1_000_000 },
  },
  sms: { adapter: 'mail', defaultCountry: 'DE', address: '{number}@sms.example.com' },
}

/** Proofs per second by each kind of method, beside bare commits and, where there are any, bare hashes. */
export async function measureProofs(): Promise<Findings> {
  const lab = await startLab()
  const generator: ProofGenerator = startGenerator(join(import.meta.dirname, 'load.ts'))
  const found: Findings = { figures: [], details: [], notes }
  try {
    const names = await createAccounts(lab, PEOPLE)
    for (const engine of engines) {
      const { figures, details } = await measureEngine(lab, generator, engine, names)
      found.figures.push(...figures)
      found.details.push(...details)
    }
    return found
  } finally {
    generator.stop()
    await lab.stop()
  }
}

type Seen = Pick<Findings, 'figures' | 'details'>
type Prover = ReturnType<typeof createProver>

async function measureEngine(
  lab: Lab,
  generator: ProofGenerator,
  engine: EngineName,
  names: readonly string[],
): Promise<Seen> {
  const { section, address } = await createStore(lab, engine)
  const store = section ? { store: section } : {}
  const backend = await startBenchBackend(lab, { ...store, sections })
  await backend.stop()
  const product = await startGridless(backend, 'alone')
  const parts = await openBenchParts(product.configFile)
  const seen: Seen = { figures: [], details: [] }
  try {
    const people = await findPeople(parts, names)
    const prover = createProver(lab, generator, parts.dependencies, people)
    for (const kind of methodKinds) {
      const first = await prover.prove(product, kind, WARM_UP)
      if (engine === 'postgres') await checkCommits(address, prover, product, kind)
      const bare = await startBare(lab, engine, routesOf(kind, first))
      try {
        await prover.repeat(bare, first, WARM_UP)
        for (const load of loads) {
          const measured = { prover, generator, product, bare, kind, load }
          const { figures, details } = await measureKind(engine, measured)
          seen.figures.push(...figures)
          seen.details.push(...details)
        }
      } catch (cause) {
        throw new Error(`${kind} could not be measured on ${engine}`, { cause })
      } finally {
        await bare.stop()
      }
    }
    return seen
  } finally {
    await parts.close()
    await product.stop()
  }
}

async function findPeople(
  { dependencies: { directory } }: OpenParts,
  names: readonly string[],
): Promise<FoundAccount[]> {
  const people: FoundAccount[] = []
  for (const name of names) {
    const resolved = await directory.resolve(name)
    if (!resolved.ok || resolved.value === null) throw new Error(`${name} is not found`)
    people.push(resolved.value)
  }
  return people
}

interface Measured {
  prover: Prover
  generator: ProofGenerator
  product: Target
  bare: Target
  kind: MethodKind
  load: Load
}

async function measureKind(
  engine: EngineName,
  { prover, generator, product, bare, kind, load }: Measured,
): Promise<Seen> {
  const { connections, proofs } = load
  const clients = connections === 1 ? '1 client' : `${connections} clients`
  const name = `proofs, ${kind}, ${engine}, ${clients}`
  const proofMs: number[] = []
  const hashed: number[] = []
  let last = await prover.prove(product, kind, load)
  const ours = async () => {
    last = await prover.prove(product, kind, load)
    proofMs.push(...last.proofMs)
    return last.perSecond
  }
  const each = hashes[kind]
  const floor = async () => {
    if (each !== undefined) {
      const { elapsedMs } = await generator.run({ connections, hashes: proofs * each })
      hashed.push((proofs / elapsedMs) * 1000)
    }
    return (await prover.repeat(bare, last, load)).perSecond
  }
  const pairs = await interleave(PAIRS, ours, floor)
  const figures: Figure[] = [figure(name, '/s', pairs)]
  if (each !== undefined) {
    const beside = pairs.map(({ ours }, index): Pair => ({ ours, floor: hashed[index] ?? 0 }))
    figures.push(figure(`${name}, by its bare hashes`, '/s', beside))
  }
  const at = (share: number) => percentile(proofMs, share)
  const values = { p50: at(0.5), p95: at(0.95) }
  const details: Detail[] = [{ name: `${name}: each proof`, unit: 'ms', values }]
  return { figures, details }
}

function routesOf(kind: MethodKind, { phases }: Batch): BareRoute[] {
  const [first, second] = phases.map(({ report }) => report.answers[0] ?? '')
  const method = '/api/v1/recoveries/:id/methods/:method'
  const verify = {
    ...{ path: `${method}/verify`, status: 200 },
    ...{ body: second ?? first ?? '', commits: commits.verify },
  }
  if (!hasChallenge(kind)) return [verify]
  const challenge = {
    ...{ path: `${method}/challenge`, status: 200 },
    ...{ body: first ?? '', commits: commits.challenge },
  }
  const path = '/api/v1/phone/requests/:id'
  const phone = { ...verify, path, commits: commits.phone }
  return [challenge, kind === 'push' ? phone : verify]
}

/** The floor must make as many durable commits as the product does: counted, not believed. */
async function checkCommits(
  url: string,
  prover: Prover,
  product: Target,
  kind: MethodKind,
): Promise<void> {
  const counted: number[] = []
  // One client: whoever meets another on PostgreSQL tries again, and that is counted there too.
  const load = { connections: 1, proofs: 16 }
  await prover.prove(product, kind, load, async () => {
    counted.push(await countWrites(url))
  })
  const made = counted.flatMap((count, index) =>
    index % 2 === 0 ? [] : [(count - (counted[index - 1] ?? 0)) / load.proofs],
  )
  const last = kind === 'push' ? commits.phone : commits.verify
  const expected = hasChallenge(kind) ? [commits.challenge, last] : [last]
  // The database itself writes now and then too.
  const isMore = made.some((each, index) => each > (expected[index] ?? 0) + 0.9)
  if (!isMore && made.every((each, index) => each >= (expected[index] ?? 0))) return
  throw new Error(`${kind} makes ${made} commits a proof; the floor makes ${expected}`)
}

const notes = [
  'Proofs: one method proven in a recovery that has just begun: its challenge, where the kind has one, ' +
    'and the proof or the phone’s answer, with all the backend does for it, so also the one question ' +
    'to the directory who is meant. One sample is all challenges of a batch and then all its proofs; ' +
    'p50 and p95 are of both together. The backend is the product’s, over HTTPS, without the answer ' +
    'grid; nothing runs beside the requests, so no mail and no text message leaves.',
  'Proofs, what is made while the clock stands still: recoveries, methods, signatures of clients, ' +
    'authenticators and phones. A code that was sent is known to nobody, so between the two requests ' +
    'its hash gives way to that of a known code. Which question a phone is asked is read from the ' +
    'store; how it hears of it is not measured.',
  'Proofs, the floors: bare Fastify over HTTPS with the same requests, the same bytes as answers and ' +
    'as many durable commits (counted on PostgreSQL); where codes are hashed, also nothing but the ' +
    'hashes of a proof (argon2id, as many at once as there are clients). No target is set for any.',
]
