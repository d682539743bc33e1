import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import type { PassOperator, PassRecord } from '../../domain/ports/passes.ts'
import { type HandedOut, handOut, newPass } from './hand-out.ts'
import { judgePass, type PassRefusal, whyNotApprover } from './pass-rules.ts'
import { refusePass } from './refuse.ts'

/**
 * The second person agrees to a pass for somebody privileged. Only now is it made: nobody could have
 * seen it before. Everything is asked anew.
 */
export async function approvePass(
  deps: ServerDependencies,
  approver: PassOperator,
  passId: string,
): Promise<Result<HandedOut, PassRefusal>> {
  const pass = await deps.store.transaction((tx) => tx.passes.find(passId))
  if (pass === null) return err('not_found')
  const refuse = (code: PassRefusal) => refusePass(deps, pass, approver, code)
  const mistaken = whyNotApprover(pass, approver)
  if (mistaken !== null) return refuse(mistaken)
  if (pass.state !== 'waiting' || deps.now() >= pass.expiresAt) return refuse('wrong_state')
  const { accountId, accountName } = pass
  const nameless = { dn: '', displayName: accountName, mail: null }
  const read = await deps.directory.readAccount({ accountId, accountName, ...nameless })
  if (!read.ok) return err('directory_unavailable')
  const { refused, mayText } = await judgePass(deps, read.value)
  if (refused !== null) return refuse(refused)
  const to = { owner: read.value, mayText }
  const fresh = await newPass(deps)
  const now = deps.now()
  const changes = {
    methodId: deps.secrets.newId(),
    approver: { accountId: approver.accountId, accountName: approver.accountName },
    expiresAt: now + pass.minutes * 60_000,
  }
  const approved: PassRecord & typeof changes = { ...pass, ...changes, state: 'issued' }
  const handed = await deps.store.transaction<Result<HandedOut, PassRefusal>>(async (tx) => {
    await lockMethods(tx, accountId, now)
    // Asked again under the lock: of two who approve at once one is too late.
    const current = await tx.passes.find(passId)
    if (current?.state !== 'waiting') return err('wrong_state')
    const { accountName: operator, accountId: operatorId, login } = approver
    const fields = { accountId, accountName, passId, operator, operatorId, login }
    const out = await handOut(tx, deps, approved, to, approver, fresh)
    if (!out.ok) return out
    await tx.audit({ event: 'pass.approved', at: now, fields })
    const patch = { ...changes, sentBy: out.value.pass.sentBy }
    if (!(await tx.passes.advance(passId, ['waiting'], 'issued', patch))) {
      throw new Error('a pass that is locked was approved by somebody else')
    }
    return ok(out.value)
  })
  return handed.ok ? handed : refuse(handed.error)
}
