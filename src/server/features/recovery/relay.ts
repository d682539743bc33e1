import {
  breachedRuleOf,
  brokenRules,
  NewPassword,
  type PasswordRules,
} from '../../../contract/password-rules.ts'
import type { CompleteResponse, RelayRequest } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { AccountState, Agent, DirectoryFault } from '../../domain/ports/directory.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { judgeWrite } from '../../domain/settle.ts'
import { type Credentials, recognise } from './admit.ts'
import { readEligible } from './eligible.ts'
import { finish } from './finish.ts'
import { openWriterOf } from './write-intent.ts'
import { setTemporary, type TemporarySet } from './write-temporary.ts'

/** How long the table of spent seals must remember one: longer than any recovery lives. */
const sealLifetimeMs = 60 * 60_000

/**
 * Relay mode: the new password arrives sealed, is opened in memory for one write, and goes through the
 * same two steps as in direct mode, so that the directory applies its whole policy to it.
 */
export async function relay(
  deps: ServerDependencies,
  recoveryId: string,
  request: RelayRequest,
  credentials: Credentials,
): Promise<Result<CompleteResponse, Refusal>> {
  const { store } = deps
  const known = await store.transaction((tx) => recognise(tx, deps, recoveryId, credentials))
  const planned = openWriterOf(known, deps.now())
  if (!planned.ok) return planned
  const { recovery, controller } = planned.value
  if (recovery.mode !== 'relay') return err({ code: 'wrong_state' })
  const account = await readEligible(deps, recovery, credentials.address, controller)
  if (!account.ok) return account
  const opened = await openSealed(deps, recovery, account.value, request)
  if (!opened.ok) return opened
  const newPassword = opened.value
  // A password that is refused must not cost the user the old one for nothing.
  const unfit = await whyUnfit(deps, account.value.rules, newPassword)
  if (unfit) return err(unfit)
  // Neither must an agent that cannot sign in: it comes first, and stays for both writes.
  const written = await deps.directory.asAgent(controller, async (agent) => {
    const set = await setTemporary(deps, {
      ...{ recoveryId, credentials, mode: 'relay', controller, before: account.value.password },
      most: deps.settings.limits.relaysInRecovery,
      spend: (tx) => spendSeal(tx, deps, request),
    })
    return set.ok ? change(deps, agent, account.value, set.value, newPassword) : set
  })
  return written.ok ? written.value : err(agentRefusal(deps, recoveryId, controller, written.error))
}

/** The same checks as in the helper: whoever relays may have left them out. */
async function whyUnfit(
  { breachedList, log }: ServerDependencies,
  rules: PasswordRules,
  newPassword: string,
): Promise<Refusal | null> {
  const broken = brokenRules(rules, newPassword)
  if (broken.length > 0) return { code: 'password_refused', refused: broken }
  if (breachedRuleOf(rules) !== 'refuse') return null
  const listed = await breachedList.includes(newPassword)
  if (!listed.ok) {
    const { detail } = listed.error
    log.error({ event: 'breached_list_unavailable', detail }, 'no password can be relayed')
    return { code: 'breached_list_unavailable' }
  }
  return listed.value ? { code: 'password_refused', refused: ['breached'] } : null
}

function agentRefusal(
  { agent, log }: ServerDependencies,
  recoveryId: string,
  controller: string,
  fault: DirectoryFault,
): Refusal {
  const { code } = fault
  const detail = `The agent account ${agent.name} cannot sign in: ${fault.detail}`
  const fields = { event: 'agent_unavailable', code, detail, controller, recoveryId }
  log.error(fields, 'no password can be relayed; nothing was written')
  return { code: 'directory_unavailable' }
}

async function openSealed(
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  { accountId }: AccountState,
  { keyId, sealed }: RelayRequest,
): Promise<Result<string, Refusal>> {
  const refused = err({ code: 'invalid_request', fields: ['sealed'] } as const)
  const key = await deps.store.transaction((tx) => tx.relayKeys.find(keyId))
  if (key === null) return refused
  const bound = { use: 'new-password', recoveryId: recovery.id, accountId } as const
  const opened = await deps.secrets.openRelayed(key, sealed, bound)
  if (!opened.ok) return refused
  const parsed = NewPassword.safeParse(opened.value)
  return parsed.success ? ok(parsed.data) : refused
}

/** The encapsulated key is fresh for each seal (RFC 9180 §9.7.3), so it names the seal. */
async function spendSeal(
  tx: StoreTransaction,
  { secrets, now }: ServerDependencies,
  { sealed }: RelayRequest,
): Promise<Refusal | null> {
  const isFirst = await tx.spend('relay', secrets.hashToken(sealed.enc), now() + sealLifetimeMs)
  return isFirst ? null : { code: 'invalid_request', fields: ['sealed'] }
}

async function change(
  deps: ServerDependencies,
  agent: Agent,
  account: AccountState,
  { writer, entry, temporaryPassword }: TemporarySet,
  newPassword: string,
): Promise<Result<CompleteResponse, Refusal>> {
  const { directory, log, store } = deps
  const { controller, recovery } = writer
  const recoveryId = recovery.id
  const changed = await agent.changePassword(account, temporaryPassword, newPassword)
  const refusal = changed.ok ? null : changed.error
  if (refusal?.code === 'password_refused') {
    const { reasons } = refusal
    const fields = { recoveryId, accountId: account.accountId, reasons }
    const at = deps.now()
    await store.transaction((tx) => tx.audit({ event: 'recovery.password_refused', at, fields }))
    return err({ code: 'password_refused', refused: reasons })
  }
  if (refusal !== null) {
    const { code, detail } = refusal
    log.warn({ event: 'relay_change_failed', code, detail, controller, recoveryId }, 'not changed')
    // Whatever the controller shows after a plain no, it is not the password that the user has chosen.
    if (code === 'refused') return err({ code: 'directory_refused' })
    if (code === 'unavailable') return err({ code: 'directory_unavailable' })
  }
  // Also when the answer was lost: the controller itself knows whether it has changed the password.
  const after = await directory.readPasswordState(controller, account.accountId)
  const pwdLastSet = after.ok ? after.value.pwdLastSet : null
  const isChanged = refusal === null || (after.ok && judgeWrite(entry, after.value) === 'changed')
  if (pwdLastSet === null || !isChanged) return err({ code: 'directory_unavailable' })
  const finished = await store.transaction((tx) => finish(tx, deps, writer, 'relay', pwdLastSet))
  return finished === null ? err({ code: 'wrong_state' }) : ok(finished)
}
