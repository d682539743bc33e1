import type { JourneyResult, Preparation } from '../../contract/journey-bridge.ts'
import type { Plan } from '../../contract/recovery.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { DirectoryConnection, DirectoryError } from '../../directory/index.ts'
import { directoryAuthorities, findReachableControllers } from './find-controllers.ts'
import {
  type DirectPreparation,
  forgetPreparation,
  openSealed,
  type Prepared,
  type Recovery,
  type RecoveryPorts,
} from './recovery.ts'
import type { Secret } from './secret.ts'

const connectTimeoutMs = 4_000
const operationTimeoutMs = 10_000

type DirectPlan = DirectPreparation['plan']

/**
 * Finds out how the write can be done, without changing anything: through a domain controller that
 * both sides reach and where the agent could sign in, else through the backend.
 */
export async function prepare(
  ports: RecoveryPorts,
  recovery: Recovery,
): Promise<JourneyResult<Preparation>> {
  const { prepared } = recovery
  if (prepared?.mode === 'direct' && prepared.isCommitted) return settle(recovery, prepared)
  forgetPreparation(recovery)
  let reachable = await findControllers(ports, recovery)
  for (;;) {
    ports.onProgress('planning')
    const { publicKey } = recovery.keys
    const planned = await recovery.client.plan({ reachable, sealingKey: publicKey })
    if (!planned.ok) return planned
    const plan = planned.value
    if (plan.mode !== 'direct') return settle(recovery, preparationFor(plan))
    // Also keeps this loop from running for ever.
    if (!reachable.includes(plan.controller.host)) return err({ code: 'backend_unexpected' })
    ports.onProgress('connecting')
    const prepared = await prepareDirect(ports, recovery, plan)
    if (!prepared.ok) return prepared
    if (prepared.value !== null) return settle(recovery, prepared.value)
    reachable = reachable.filter((host) => host !== plan.controller.host)
  }
}

/** Signs the agent in on the planned controller. */
export async function connectAgent(
  ports: RecoveryPorts,
  recovery: Recovery,
  plan: DirectPlan,
  password: Secret,
): Promise<Result<DirectoryConnection, DirectoryError>> {
  const { openDirectory } = await ports.directory()
  const opened = await openDirectory({
    controller: plan.controller,
    caPem: directoryAuthorities(ports, recovery.status.directory),
    connectTimeoutMs,
    operationTimeoutMs,
    bind: { name: plan.agent.name, password: password.reveal() },
  })
  if (!opened.ok) ports.log('agent-connection-failed', opened.error.code)
  return opened
}

async function findControllers(ports: RecoveryPorts, recovery: Recovery): Promise<string[]> {
  if (recovery.status.purpose === 'unlock') return []
  ports.onProgress('finding_controller')
  return findReachableControllers(ports, recovery.status.directory)
}

/** @returns null when this controller cannot be used after all */
async function prepareDirect(
  ports: RecoveryPorts,
  recovery: Recovery,
  plan: DirectPlan,
): Promise<JourneyResult<DirectPreparation | null>> {
  const opened = await openSealed(recovery, 'agent-password', plan.accountId, plan.agent.password)
  if (!opened.ok) return opened
  const agentPassword = opened.value
  const connected = await connectAgent(ports, recovery, plan, agentPassword)
  if (!connected.ok) {
    agentPassword.wipe()
    return ok(null)
  }
  const connection = connected.value
  const uncommitted = { isCommitted: false, temporaryPassword: null }
  return ok({ mode: 'direct', plan, agentPassword, connection, ...uncommitted })
}

function preparationFor(plan: Exclude<Plan, DirectPlan>): Prepared {
  return plan.mode === 'relay' ? { mode: 'relay', plan } : { mode: 'unlock', plan }
}

/** Keeps the preparation, unless the recovery was given up in the meantime. */
function settle(recovery: Recovery, prepared: Prepared): JourneyResult<Preparation> {
  recovery.prepared = prepared
  if (recovery.forgotten) {
    forgetPreparation(recovery)
    return err({ code: 'no_recovery' })
  }
  const { plan } = prepared
  const { accountName } = plan
  if (plan.mode === 'unlock') return ok({ mode: 'unlock', accountName })
  return ok({ mode: plan.mode, accountName, rules: plan.rules })
}
