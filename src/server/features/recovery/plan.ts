import type { ControllerAddress, Plan, PlanRequest } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import { allows, transition } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials, checkOpen, recognise } from './admit.ts'
import { readEligible } from './eligible.ts'
import { currentRelayKey } from './relay-key.ts'

/** What was decided, and the controller that the backend will write to. */
type Decision = { readonly plan: Plan; readonly controller: string }

/**
 * Decides how the write will be done, and changes nothing in the directory: directly, when the
 * workstation reaches a controller that the backend can write to; else through the backend.
 */
export async function plan(
  deps: ServerDependencies,
  recoveryId: string,
  request: PlanRequest,
  credentials: Credentials,
): Promise<Result<Plan, Refusal>> {
  const { store } = deps
  const known = await store.transaction((tx) => recognise(tx, deps, recoveryId, credentials))
  if (!known.ok) return known
  const refused = refuseEarly(known.value, deps.now())
  if (refused) return err(refused)
  if (!(await deps.secrets.isSealingKey(request.sealingKey))) {
    return err({ code: 'invalid_request', fields: ['sealingKey'] })
  }
  const account = await readEligible(deps, known.value, credentials.address)
  if (!account.ok) return account
  const decided = await decide(deps, known.value, account.value, request)
  if (!decided.ok) return decided
  return store.transaction(async (tx) => {
    const now = deps.now()
    const admitted = await admit(tx, deps, recoveryId, credentials)
    if (!admitted.ok) return admitted
    const { plan: decision, controller } = decided.value
    const patch = { mode: decision.mode, controller, sealingKey: request.sealingKey }
    const { from, to } = transition('plan')
    if (!(await tx.recoveries.advance(recoveryId, from, to, patch, now))) {
      return err(refuseEarly(admitted.value, now) ?? { code: 'wrong_state' })
    }
    const { mode, accountId, accountName } = decision
    const fields = { recoveryId, accountId, accountName, mode, controller }
    await tx.audit({ event: 'recovery.planned', at: now, fields })
    return ok(decision)
  })
}

function refuseEarly(recovery: RecoveryRecord, now: number): Refusal | null {
  const closed = checkOpen(recovery, now)
  if (closed) return closed
  return allows(recovery.state, 'plan') ? null : { code: 'wrong_state' }
}

async function decide(
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  account: AccountState,
  { reachable, sealingKey }: PlanRequest,
): Promise<Result<Decision, Refusal>> {
  const controllers = await deps.directory.writableControllers()
  const [best] = controllers
  if (best === undefined) return err({ code: 'directory_unavailable' })
  const { accountId, accountName, dn, rules } = account
  const person = { accountId, accountName }
  if (recovery.purpose === 'unlock') {
    return ok({ plan: { mode: 'unlock', ...person }, controller: best.host })
  }
  const common = firstCommon(controllers, reachable)
  if (common === undefined) {
    const { keyId, publicKey } = await currentRelayKey(deps)
    const relayKey = { keyId, publicKey }
    return ok({ plan: { mode: 'relay', ...person, rules, relayKey }, controller: best.host })
  }
  const { name, password } = deps.agent
  const bound = { use: 'agent-password', recoveryId: recovery.id, accountId } as const
  const sealed = await deps.secrets.sealFor(sealingKey, password, bound)
  const direct = { controller: common, rules, agent: { name, password: sealed } }
  return ok({ plan: { mode: 'direct', ...person, userDn: dn, ...direct }, controller: common.host })
}

/** The backend's order counts, PDC emulator first: what is written there is known everywhere soonest. */
function firstCommon(
  controllers: readonly ControllerAddress[],
  reachable: readonly string[],
): ControllerAddress | undefined {
  const names = new Set(reachable.map((host) => host.toLowerCase()))
  return controllers.find(({ host }) => names.has(host.toLowerCase()))
}
