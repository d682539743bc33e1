import { isSentKind, type MethodKind } from '../../../contract/method-kinds.ts'
import type { Receiver } from '../../domain/code-caps.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { limitKeys, mustSuspend } from '../../domain/limits.ts'
import { mayUse } from '../../domain/policy/kept-decision.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { isUsable } from './identify.ts'
import { isClosedMailbox } from './own-mailbox.ts'

type Needed = Pick<ServerDependencies, 'phoneNumbers' | 'secrets'>

/** Whose code it is, and what is known of them. */
export type Addressee = {
  readonly recovery: Pick<RecoveryRecord, 'id'>
  readonly account: RecoveryRecord['account']
  readonly methods: readonly MethodRecord[]
  /** The kind failed so often in a row that what the directory knows is not used: see `mustSuspend`. */
  readonly isDirectorySuspended: boolean
}

/**
 * Where a code may be sent: read from what the user enrolled and from the directory, never from the
 * request. Empty for a stranger, for whoever cannot be reached that way, and for kinds that send none.
 */
export function receiversOf(deps: Needed, kind: MethodKind, addressee: Addressee): Receiver[] {
  if (!isSentKind(kind) || !mayUse(addressee.account, kind)) return []
  const { account, methods, isDirectorySuspended } = addressee
  const enrolled = methods
    .filter((method) => method.kind === kind && isUsable(method))
    .map((method) => deps.secrets.openMethodSecret(method))
    .filter((contact) => contact !== null)
    .filter((contact) => kind !== 'email' || !isClosedMailbox(deps.secrets, account, contact))
  const known = isDirectorySuspended ? null : directoryContact(deps, kind, addressee)
  const contacts = [...enrolled, known].filter((contact) => contact !== null)
  const receivers = contacts.flatMap((contact) =>
    kind === 'sms' ? numberOf(deps, contact) : [{ to: contact, prefix: null }],
  )
  // Each once, and in the same order for everybody, so that no two requests wait for each other.
  const byAddress = new Map(receivers.map((receiver) => [receiver.to, receiver]))
  return [...byAddress.values()].sort((one, other) => (one.to < other.to ? -1 : 1))
}

/**
 * What is enrolled is suspended after too many failures in a row; a contact of the directory has no row
 * that could say so, and is left out instead. Confirming a method of the kind ends that.
 */
export async function isDirectorySuspended(
  tx: StoreTransaction,
  { settings }: Pick<ServerDependencies, 'settings'>,
  accountId: string,
  kind: MethodKind,
): Promise<boolean> {
  const inRow = await tx.limits.find(limitKeys.failuresInRow(accountId, kind))
  return inRow !== null && mustSuspend(inRow, settings.limits)
}

/** What the directory knows, when policy lets people use what they have never confirmed. */
function directoryContact(
  { secrets }: Needed,
  kind: 'sms' | 'email',
  { account, recovery }: Addressee,
): string | null {
  const decision = account?.decision
  if (!account || !decision) return null
  if (kind === 'email') return decision.allowDirectoryMailbox ? account.mail : null
  const sealed = decision.allowDirectoryPhone ? account.sealedMobile : undefined
  return sealed === undefined ? null : secrets.openDirectoryNumber(recovery.id, sealed)
}

/** SECURITY: asked anew for each message: the list of countries may have become shorter. */
function numberOf({ phoneNumbers }: Needed, stored: string): Receiver[] {
  const read = phoneNumbers.read(stored)
  return read.ok ? [{ to: read.value.e164, prefix: read.value.prefix }] : []
}
