import { err, ok, type Result } from '../../../contract/result.ts'
import { groupWritten } from '../../../contract/written-code.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { limitKeys } from '../../domain/limits.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { PassOperator, PassRecord } from '../../domain/ports/passes.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { voidOlder } from './void-older.ts'

/** Where a pass went. The code is there only when it has to be shown. */
export type HandedOut = {
  readonly pass: PassRecord
  /** Masked addresses. */
  readonly sentTo: readonly string[]
  readonly code: string | null
}

/** A pass that has just been made, and its hash. */
export type NewPass = { readonly code: string; readonly codeHash: string }

export async function newPass({ secrets }: ServerDependencies): Promise<NewPass> {
  const code = secrets.newWrittenCode()
  return { code, codeHash: await secrets.hashCode(code) }
}

/**
 * Makes a pass count, in the transaction that decided about it: older ones are void, the code leaves for
 * its owner's private mailbox or is handed to the caller, and its owner is told at every address.
 *
 * @param pass - as it is issued; its row is written by the caller, after this
 */
export async function handOut(
  tx: StoreTransaction,
  deps: ServerDependencies,
  pass: PassRecord & { readonly methodId: string },
  owner: AccountState,
  by: PassOperator,
  { code, codeHash }: NewPass,
): Promise<Result<HandedOut, 'nowhere_to_send'>> {
  const { accountId, accountName, mail } = owner
  const { methodId, expiresAt, printReason } = pass
  const now = deps.now()
  const isMailed = printReason === null
  const mailboxes = isMailed ? privateMailboxes(deps, owner, await tx.methods.list(accountId)) : []
  if (isMailed && mailboxes.length === 0) return err('nowhere_to_send')
  // Guesses at an older pass were guesses at something else.
  await tx.limits.update(limitKeys.failuresInRow(accountId, 'temporaryPass'), now, (current) => ({
    ...current,
    consecutive: 0,
  }))
  await voidOlder(tx, pass, by, now)
  await tx.methods.insert(methodFor(deps, pass, now))
  await tx.writtenCodes.insert([{ methodId, position: 0, codeHash, expiresAt }])
  await recordIssue(tx, pass, by, mailboxes.length, now)
  const shown = groupWritten(code)
  if (isMailed) {
    const content = {
      template: 'temporary_pass',
      code: shown,
      accountName,
      until: expiresAt,
    } as const
    const to = mailboxes.map(({ address }) => address)
    await deps.outbox.put(tx, { to, content, now, expiresAt })
  }
  const told = { template: 'pass_issued', accountName, until: expiresAt, at: now } as const
  await deps.outbox.tellEverywhere(tx, { accountId, mail }, told, now)
  const sentTo = mailboxes.map(({ masked }) => masked)
  return ok({ pass, sentTo, code: isMailed ? null : shown })
}

async function recordIssue(
  tx: StoreTransaction,
  pass: PassRecord & { readonly methodId: string },
  by: PassOperator,
  addresses: number,
  now: number,
): Promise<void> {
  const { id: passId, accountId, accountName, methodId, reason, printReason, minutes } = pass
  const named = { accountId, accountName, passId }
  const operator = { operator: by.accountName, operatorId: by.accountId, login: by.login }
  const fields = { ...named, ...operator, methodId, reason, minutes }
  await tx.audit({ event: 'pass.issued', at: now, fields })
  const delivery = printReason === null ? 'mail' : 'print'
  const sent = { ...named, delivery, addresses, printReason: printReason ?? '' } as const
  await tx.audit({ event: 'pass.sent', at: now, fields: sent })
}

function methodFor(
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  { accountId, methodId }: PassRecord & { readonly methodId: string },
  now: number,
): MethodRecord {
  return {
    ...{ id: methodId, accountId, kind: 'temporaryPass', label: 'Temporary pass' },
    // Its code is in the table of written codes.
    secret: secrets.sealMethodSecret({ id: methodId, accountId }, ''),
    ...{ createdAt: now, confirmedAt: now, lastUsedAt: null, lastStep: 0, suspendedAt: null },
  }
}

/**
 * SECURITY: confirmed by their owner, and not one that the lost password opens, which the helpdesk or a
 * thief may read.
 */
function privateMailboxes(
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  { mailboxes }: AccountState,
  methods: readonly MethodRecord[],
): { address: string; masked: string }[] {
  return methods
    .filter((one) => one.kind === 'email' && one.confirmedAt !== null && one.suspendedAt === null)
    .map((one) => ({ address: secrets.openMethodSecret(one), masked: one.label }))
    .flatMap(({ address, masked }) => (address === null ? [] : [{ address, masked }]))
    .filter(({ address }) => !mailboxes.includes(address.toLowerCase()))
}
