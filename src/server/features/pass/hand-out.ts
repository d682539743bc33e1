import { err, ok, type Result } from '../../../contract/result.ts'
import { groupWritten } from '../../../contract/written-code.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { limitKeys } from '../../domain/limits.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { PassOperator, PassRecord } from '../../domain/ports/passes.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { findWay, type Way } from './find-way.ts'
import { voidOlder } from './void-older.ts'

/** Where a pass went. The code is there only when it has to be shown. */
export type HandedOut = {
  readonly pass: PassRecord
  /** Masked addresses. */
  readonly sentTo: readonly string[]
  readonly code: string | null
}

/** A pass that has become a method. */
export type IssuedPass = PassRecord & { readonly methodId: string }

/** A pass that has just been made, and its hash. */
export type NewPass = { readonly code: string; readonly codeHash: string }

export async function newPass({ secrets }: ServerDependencies): Promise<NewPass> {
  const code = secrets.newWrittenCode()
  return { code, codeHash: await secrets.hashCode(code) }
}

/**
 * Makes a pass count, in the transaction that decided about it: older ones are void, the code leaves for
 * its owner or is handed to the caller, and its owner is told at every address.
 *
 * @param pass - as it is issued; its row is written by the caller, after this
 */
export async function handOut(
  tx: StoreTransaction,
  deps: ServerDependencies,
  pass: IssuedPass,
  { owner, mayText }: { readonly owner: AccountState; readonly mayText: boolean },
  by: PassOperator,
  { code, codeHash }: NewPass,
): Promise<Result<HandedOut, 'nowhere_to_send'>> {
  const { accountId, accountName, mail } = owner
  const { methodId, expiresAt, minutes, printReason } = pass
  const now = deps.now()
  const way = printReason === null ? await findWay(tx, deps, owner, mayText, now) : null
  if (printReason === null && way === null) return err('nowhere_to_send')
  // Guesses at an older pass were guesses at something else.
  await tx.limits.update(limitKeys.failuresInRow(accountId, 'temporaryPass'), now, (current) => ({
    ...current,
    consecutive: 0,
  }))
  await voidOlder(tx, pass, by, now)
  await tx.methods.insert(methodFor(deps, pass, now))
  await tx.writtenCodes.insert([{ methodId, position: 0, codeHash, expiresAt }])
  await recordIssue(tx, pass, by, way, now)
  const shown = groupWritten(code)
  if (way !== null) {
    const to = way.receivers.map((receiver) => receiver.to)
    const channel = way.by === 'sms' ? 'sms' : 'mail'
    const content = { template: 'temporary_pass', code: shown, validMinutes: minutes } as const
    await deps.outbox.put(tx, { to, channel, content, now, expiresAt })
  }
  const told = { template: 'pass_issued', accountName, until: expiresAt, at: now } as const
  await deps.outbox.tellEverywhere(tx, { accountId, mail }, told, now)
  const sentTo = way?.receivers.map(({ masked }) => masked) ?? []
  const issued = { ...pass, sentBy: way?.by ?? null }
  return ok({ pass: issued, sentTo, code: way === null ? shown : null })
}

async function recordIssue(
  tx: StoreTransaction,
  pass: IssuedPass,
  by: PassOperator,
  way: Way | null,
  now: number,
): Promise<void> {
  const { id: passId, accountId, accountName, methodId, reason, printReason, minutes } = pass
  const named = { accountId, accountName, passId }
  const operator = { operator: by.accountName, operatorId: by.accountId, login: by.login }
  const fields = { ...named, ...operator, methodId, reason, minutes }
  await tx.audit({ event: 'pass.issued', at: now, fields })
  const delivery = way === null ? 'print' : way.by === 'sms' ? 'sms' : 'mail'
  const addresses = way?.receivers.length ?? 0
  const sent = { ...named, delivery, addresses, printReason: printReason ?? '' } as const
  await tx.audit({ event: 'pass.sent', at: now, fields: sent })
}

function methodFor(
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  { accountId, methodId }: IssuedPass,
  now: number,
): MethodRecord {
  return {
    ...{ id: methodId, accountId, kind: 'temporaryPass', label: 'Temporary pass' },
    // Its code is in the table of written codes.
    secret: secrets.sealMethodSecret({ id: methodId, accountId }, ''),
    ...{ createdAt: now, confirmedAt: now, lastUsedAt: null, lastStep: 0, suspendedAt: null },
  }
}
