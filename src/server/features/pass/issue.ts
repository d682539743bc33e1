import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { PassOperator, PassRecord } from '../../domain/ports/passes.ts'
import type { ResolvedAccount } from '../../domain/ports/recoveries.ts'
import { type HandedOut, handOut, newPass } from './hand-out.ts'
import {
  approvalTimeMs,
  isPassLifetime,
  judgePass,
  type PassRefusal,
  readReason,
} from './pass-rules.ts'
import { refusePass } from './refuse.ts'
import { replaceOlder } from './void-older.ts'

export type IssueRequest = {
  readonly account: ResolvedAccount
  readonly reason: string
  readonly minutes: number
  /** Why the helpdesk has to see it; null: it is mailed, which is how it should be. */
  readonly printReason: string | null
}

/** `waiting`: for a second person. Nothing was handed out. */
export type Issued = { readonly waiting: PassRecord } | ({ readonly waiting: null } & HandedOut)

/**
 * Gives somebody who has called the helpdesk a pass: one use, a short time, mailed to where its owner
 * reads it. For somebody privileged a second person has to approve it first.
 */
export async function issuePass(
  deps: ServerDependencies,
  operator: PassOperator,
  request: IssueRequest,
): Promise<Result<Issued, PassRefusal>> {
  const { account } = request
  const refuse = (code: PassRefusal) => refusePass(deps, account, operator, code)
  // SECURITY: whoever can give themselves a pass needs no second proof of their own.
  if (operator.accountId === account.accountId) return refuse('self')
  const reason = readReason(request.reason)
  const printReason = request.printReason === null ? null : readReason(request.printReason)
  const isUnexplained = request.printReason !== null && printReason === null
  if (reason === null || isUnexplained) return refuse('invalid_reason')
  if (!isPassLifetime(request.minutes)) return refuse('invalid_minutes')
  const read = await deps.directory.readAccount(account)
  if (!read.ok) return err('directory_unavailable')
  const owner = read.value
  const verdict = await judgePass(deps, owner)
  if (verdict.refused !== null) return refuse(verdict.refused)
  const asked = { reason, printReason, minutes: request.minutes }
  if (verdict.needsApproval)
    return ok({ waiting: await waitForSecond(deps, operator, owner, asked) })
  const now = deps.now()
  const pass = {
    ...recordOf(deps, operator, owner, asked, now),
    ...({ state: 'issued', methodId: deps.secrets.newId() } as const),
    expiresAt: now + asked.minutes * 60_000,
  }
  const fresh = await newPass(deps)
  const issued = await deps.store.transaction(async (tx) => {
    await lockMethods(tx, account.accountId, now)
    const handed = await handOut(
      tx,
      deps,
      pass,
      { owner, mayText: verdict.mayText },
      operator,
      fresh,
    )
    if (handed.ok) await tx.passes.insert(handed.value.pass)
    return handed
  })
  return issued.ok ? ok({ waiting: null, ...issued.value }) : refuse(issued.error)
}

type Asked = Pick<PassRecord, 'reason' | 'printReason' | 'minutes'>

async function waitForSecond(
  deps: ServerDependencies,
  operator: PassOperator,
  owner: AccountState,
  asked: Asked,
): Promise<PassRecord> {
  const now = deps.now()
  const pass = recordOf(deps, operator, owner, asked, now)
  const { id: passId, accountId, accountName, reason, minutes } = pass
  await deps.store.transaction(async (tx) => {
    await lockMethods(tx, accountId, now)
    await replaceOlder(tx, pass, ['waiting'], operator, now)
    await tx.passes.insert(pass)
    const { accountName: name, accountId: operatorId, login } = operator
    const by = { operator: name, operatorId, login }
    const fields = { accountId, accountName, passId, ...by, reason, minutes }
    await tx.audit({ event: 'pass.requested', at: now, fields })
  })
  return pass
}

function recordOf(
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  issuer: PassOperator,
  { accountId, accountName }: AccountState,
  asked: Asked,
  now: number,
): PassRecord {
  return {
    ...{ id: secrets.newId(), accountId, accountName, state: 'waiting', methodId: null },
    ...asked,
    ...{ issuer, approver: null, sentBy: null, createdAt: now, expiresAt: now + approvalTimeMs },
  }
}
