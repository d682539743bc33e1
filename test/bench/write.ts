import { randomPassword } from '../../scripts/lab/domain-controller/accounts.ts'
import { type Lab, startLab } from '../../scripts/lab/lab.ts'
import type { JourneyResult } from '../../src/contract/journey-bridge.ts'
import { createLeakedLookup } from '../../src/main/backend/leaked-lookup.ts'
import { createListen } from '../../src/main/backend/listen.ts'
import { startRecovery } from '../../src/main/backend/recovery-client.ts'
import { createServerClock } from '../../src/main/backend/server-clock.ts'
import { createTransport } from '../../src/main/backend/transport.ts'
import {
  createRecoveryController,
  type RecoveryController,
} from '../../src/main/recovery/controller.ts'
import { writeBare } from './bare-write.ts'
import { fetchWith } from './fetch-with.ts'
import { type Findings, figure } from './figures.ts'
import { codeOf, createAccounts, enrolPeople, type People, type Person } from './people.ts'
import { startBenchBackend, underLoad } from './stack.ts'
import { interleave } from './statistics.ts'

const CLIENTS = 8
const WRITES_EACH = 3
const BATCHES = 8
const PAIRS = 48
const WARM_UPS = 4

/** From the press of the button, all proofs given and everything prepared, to "it is confirmed". */
export async function measureWrite(): Promise<Findings> {
  const lab = await startLab()
  const backend = await startBenchBackend(lab, { sections: underLoad })
  let people: People | undefined
  try {
    const names = await createAccounts(lab, CLIENTS * WRITES_EACH)
    people = await enrolPeople(backend.configFile, names)
    return await measure(lab, backend.origin, people)
  } finally {
    await people?.close()
    await backend.stop()
    await lab.stop()
  }
}

async function measure(lab: Lab, origin: string, people: People): Promise<Findings> {
  const helpers = helpersOf(lab, origin)
  const batchOfOurs = async () => {
    const ready = await helpers.prepareAll(people)
    return rate(ready.map((helper) => () => setPassword(helper)))
  }
  const batchOfFloor = () =>
    rate(
      people.all.map(
        ({ dn }) =>
          () =>
            writeBare(lab, dn, randomPassword()),
      ),
    )
  // One at a time: all are prepared as one batch, and then written one by one, each beside a bare one.
  let ready: ReadyHelper[] = []
  const oneOfOurs = async () => {
    if (ready.length === 0) ready = await helpers.prepareAll(people)
    const helper = ready.pop() as ReadyHelper
    return timed(() => setPassword(helper))
  }
  let turn = 0
  const oneOfFloor = () => {
    const { dn } = people.all[turn % people.all.length] as Person
    turn += 1
    return timed(() => writeBare(lab, dn, randomPassword()))
  }
  try {
    await interleave(WARM_UPS, oneOfOurs, oneOfFloor)
    const single = await interleave(PAIRS, oneOfOurs, oneOfFloor)
    await Promise.all(ready.map(({ controller }) => controller.abandon()))
    await interleave(1, batchOfOurs, batchOfFloor)
    const many = await interleave(BATCHES, batchOfOurs, batchOfFloor)
    return {
      figures: [
        figure('commit to confirmed write, one client', 'ms', single, {
          ...{ bound: 'at most', value: 1.2 },
        }),
        figure(`commit to confirmed write, ${CLIENTS} clients`, '/s', many, {
          ...{ bound: 'at least', value: 0.9 },
        }),
      ],
      details: [],
      notes: [
        'Write: the helper’s recovery controller with the backend over HTTPS and the domain ' +
          'controller over LDAPS, from the chosen password to the confirmation. Its connections are ' +
          'open by then, as they are while somebody types. The floor is ldapts alone, one modify of ' +
          'the service account and one of the agent, each on a new TLS connection with a bind.',
      ],
    }
  } finally {
    helpers.close()
  }
}

/** Everything is prepared, a password chosen and looked up, as it is when the field is left. */
type ReadyHelper = { readonly controller: RecoveryController; readonly password: string }

/** Helpers without a window. */
function helpersOf(lab: Lab, origin: string) {
  const { fetch, close } = fetchWith(lab.caPem)
  const clock = createServerClock(Date.now)
  const [transport, listen] = [createTransport(fetch), createListen(fetch)]
  const options = { origin, transport, listen, clock }
  const open = () =>
    createRecoveryController({
      start: (request) => startRecovery(options, request),
      leaked: createLeakedLookup(origin, options.transport),
      directory: () => import('../../src/directory/index.ts'),
      fallbackCaPem: lab.caPem,
      now: clock.now,
      wait: (milliseconds) => new Promise((settle) => setTimeout(settle, milliseconds)),
      onProgress() {},
      log() {},
    })
  const prepare = async (person: Person) => {
    const controller = open()
    const started = must(await controller.start({ account: person.account, purpose: 'reset' }))
    const methodId = started.methods[0]?.methodId ?? ''
    const code = await codeOf(person, Date.now())
    must(await controller.verify(methodId, { kind: 'totp', code }))
    const { mode } = must(await controller.prepare())
    if (mode !== 'direct') throw new Error(`planned ${mode}`)
    const password = randomPassword()
    must(await controller.checkLeaked(password))
    return { controller, password }
  }
  return {
    close,
    async prepareAll(people: People): Promise<ReadyHelper[]> {
      await people.renew()
      return Promise.all(people.all.map(prepare))
    },
  }
}

async function setPassword({ controller, password }: ReadyHelper): Promise<void> {
  must(await controller.setPassword(password))
}

/** Works off all tasks with a fixed number of clients. @returns tasks per second */
async function rate(tasks: (() => Promise<void>)[]): Promise<number> {
  const waiting = [...tasks]
  const client = async () => {
    for (let task = waiting.pop(); task; task = waiting.pop()) await task()
  }
  const elapsed = await timed(() => Promise.all(Array.from({ length: CLIENTS }, client)))
  return (tasks.length / elapsed) * 1000
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function must<T>(result: JourneyResult<T>): T {
  if (!result.ok) throw new Error(`a recovery ended with ${result.error.code}`)
  return result.value
}
