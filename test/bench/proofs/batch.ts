import type { Lab } from '../../../scripts/lab/lab.ts'
import { isSentKind, isTypedKind, type MethodKind } from '../../../src/contract/method-kinds.ts'
import type { StartRecoveryResponse } from '../../../src/contract/recovery.ts'
import type { ServerDependencies } from '../../../src/server/domain/dependencies.ts'
import type { FoundAccount } from '../../../src/server/domain/ports/directory.ts'
import type { Generator } from '../recoveries/generator.ts'
import { createClientKeys, proofHeaders } from '../recoveries/proofs.ts'
import { spellingsOf } from '../recoveries/queue.ts'
import type { Target } from '../recoveries/servers.ts'
import { type Begun, equip, requestOf } from './equip.ts'
import type { Prepared, ProofReport, ProofTask } from './load-types.ts'

export type ProofGenerator = Generator<ProofTask, ProofReport>

/** How many proofs one sample takes, and of how many clients at once. */
export interface Load {
  connections: number
  proofs: number
}

/** What was asked and answered: first for challenges, where the kind has them, and then for proofs. */
export interface Batch {
  phases: { requests: Prepared[]; report: ProofReport }[]
  /** Proofs per second, and how long each has taken: its challenge and its proof. */
  perSecond: number
  proofMs: number[]
}

/** Whether something has to be asked for before it can be shown. */
export function hasChallenge(kind: MethodKind): boolean {
  return !isTypedKind(kind) || isSentKind(kind)
}

/** People who prove methods, each in turn and in a new recovery. */
export function createProver(
  lab: Lab,
  generator: ProofGenerator,
  deps: ServerDependencies,
  people: readonly FoundAccount[],
) {
  const { realm, netbiosName } = lab.directory
  const spellings = spellingsOf({ dns: realm.toLowerCase(), netbios: netbiosName })
  let turn = 0
  const take = () => {
    const person = people[turn % people.length] as FoundAccount
    const spell = spellings[Math.floor(turn / people.length) % 3] ?? spellings[0]
    turn += 1
    return { person, account: spell(person.accountName) }
  }
  const send = (target: Target, connections: number, requests: Prepared[]) =>
    generator.run({ port: target.port, caPem: lab.caPem, connections, requests })

  async function begin(product: Target, kind: MethodKind, load: Load) {
    const path = '/api/v1/recoveries'
    const taken = Array.from({ length: load.proofs }, take)
    const shows = await Promise.all(taken.map(({ person }) => equip[kind](deps, person)))
    const keys = taken.map(createClientKeys)
    const requests = taken.map(({ account }, index) => ({
      path,
      headers: proofHeaders(keys[index] as Begun['keys'], `${deps.settings.origin}${path}`),
      body: JSON.stringify({ account, purpose: 'reset' }),
    }))
    const { answers } = await send(product, load.connections, requests)
    return answers.map((answer, index) => {
      const { recoveryId, token, methods } = JSON.parse(answer) as StartRecoveryResponse
      const offerId = methods.find((method) => method.kind === kind)?.methodId ?? ''
      const begun = { recoveryId, token, offerId, keys: keys[index] as Begun['keys'] }
      return { begun, show: shows[index] as (typeof shows)[number] }
    })
  }

  return {
    /** Proves, with the clock standing still while what is to be shown is made. */
    async prove(
      product: Target,
      kind: MethodKind,
      load: Load,
      /** Called before and after each of the two phases. */
      watch: () => Promise<void> = async () => {},
    ): Promise<Batch> {
      const all = await begin(product, kind, load)
      const phases: Batch['phases'] = []
      const run = async (requests: Prepared[]) => {
        await watch()
        const report = await send(product, load.connections, requests)
        await watch()
        phases.push({ requests, report })
        return report.answers
      }
      const challenged = hasChallenge(kind)
        ? await run(all.map(({ begun }) => requestOf(deps, begun, 'challenge')))
        : []
      const answers = await run(
        await Promise.all(
          all.map(({ begun, show }, index) => show(begun, challenged[index] ?? '')),
        ),
      )
      for (const answer of answers) mustBeProven(answer, kind)
      return summed(phases)
    },
    /** Sends what was sent to the product to something else. */
    async repeat(target: Target, { phases }: Batch, { connections }: Load): Promise<Batch> {
      const again: Batch['phases'] = []
      for (const { requests } of phases) {
        again.push({ requests, report: await send(target, connections, requests) })
      }
      return summed(again)
    },
  }
}

function mustBeProven(answer: string, kind: MethodKind): void {
  const { outcome, methods } = JSON.parse(answer)
  const isProven =
    outcome === 'approved' ||
    methods?.some(
      (method: { kind: MethodKind; proven: boolean }) => method.kind === kind && method.proven,
    )
  if (!isProven) throw new Error(`${kind} was not proven: ${answer}`)
}

function summed(phases: Batch['phases']): Batch {
  const elapsedMs = phases.reduce((sum, { report }) => sum + report.elapsedMs, 0)
  const count = phases[0]?.requests.length ?? 0
  const proofMs = Array.from({ length: count }, (_, index) =>
    phases.reduce((sum, { report }) => sum + (report.requestMs[index] ?? 0), 0),
  )
  return { phases, perSecond: (count / elapsedMs) * 1000, proofMs }
}
