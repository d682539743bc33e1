import type { MethodKind } from '../../../contract/method-kinds.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { CheckedAccount } from '../../domain/check-session.ts'
import { type OwnCode, waitForCodeOfAccount } from '../../domain/code-caps.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { type NotOpen, type OwnMethods, openChanges } from './open-changes.ts'

/** More than a person has phones and mailboxes; it bounds what one session can store. */
const mostOfAKind = 5

export type AddError = NotOpen | { readonly code: 'already_enrolled' | 'wrong_state' }

type EarlyRefusal =
  | AddError
  | { readonly code: 'too_many_codes'; readonly retryAfterSeconds: number }

/**
 * Whether another method of this kind may be begun now. An older one that was never confirmed makes
 * room for it, so that only the newest code counts.
 */
export async function beginAdding(
  { decision }: Pick<CheckedAccount, 'decision'>,
  tx: StoreTransaction,
  session: SessionRecord,
  kind: MethodKind,
  now: number,
): Promise<Result<OwnMethods, AddError>> {
  const open = await openChanges(tx, session, now)
  if (!open.ok) return open
  if (!decision.methods.includes(kind)) return err({ code: 'wrong_state' })
  const same = open.value.confirmed.filter((method) => method.kind === kind)
  if (same.length >= mostOfAKind) return err({ code: 'already_enrolled' })
  for (const method of open.value.pending) {
    if (method.kind === kind) await tx.methods.remove(method.id, session.accountId)
  }
  return ok(open.value)
}

/**
 * Refuses a code that could not be sent anyway, before the work of hashing it. Changes and counts nothing:
 * what is decided here is decided again when it is.
 */
export function refuseEarly(
  deps: ServerDependencies,
  { decision }: Pick<CheckedAccount, 'decision'>,
  session: SessionRecord,
  request: OwnCode,
  now: number,
): Promise<Result<void, EarlyRefusal>> {
  return deps.store.transaction<Result<void, EarlyRefusal>>(async (tx) => {
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    if (!decision.methods.includes(request.kind)) return err({ code: 'wrong_state' })
    const wait = await waitForCodeOfAccount(tx, deps, request, now)
    return wait > 0 ? err({ code: 'too_many_codes', retryAfterSeconds: wait }) : ok(undefined)
  })
}

/** Keeps a method that proves nothing until it is confirmed. */
export async function begin(
  tx: StoreTransaction,
  { accountId, accountName }: SessionRecord,
  method: MethodRecord,
  now: number,
): Promise<void> {
  await tx.methods.insert(method)
  const fields = { accountId, accountName, methodId: method.id, kind: method.kind }
  await tx.audit({ event: 'method.begun', at: now, fields })
}

/** A method that proves nothing yet. */
export function unconfirmed(
  deps: ServerDependencies,
  { accountId }: SessionRecord,
  what: { readonly kind: MethodKind; readonly label: string; readonly secret: string },
  now: number,
): MethodRecord {
  const id = deps.secrets.newId()
  return {
    ...{ id, accountId, kind: what.kind, label: what.label },
    secret: deps.secrets.sealMethodSecret({ id, accountId }, what.secret),
    ...{ createdAt: now, confirmedAt: null, lastUsedAt: null, lastStep: 0, suspendedAt: null },
  }
}
