import type { SentKind } from '../../../contract/method-kinds.ts'
import { type Receiver, takeCosts } from '../../domain/code-caps.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { isSameMailbox } from '../../domain/mailbox.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'

/** How a pass gets to its owner, past the helpdesk. */
export type Way = {
  readonly by: SentKind
  readonly receivers: readonly (Receiver & { readonly masked: string })[]
}

type Needed = Pick<ServerDependencies, 'phoneNumbers' | 'secrets' | 'settings'>

/**
 * Mail, or a telephone where there is no private mailbox: only what its owner has confirmed.
 *
 * @param mayText - whether text messages are among what the policy lets the person use
 * @returns null when there is none, or text messages have cost enough for now
 */
export async function findWay(
  tx: StoreTransaction,
  deps: Needed,
  owner: AccountState,
  mayText: boolean,
  now: number,
): Promise<Way | null> {
  const methods = await tx.methods.list(owner.accountId)
  const mailboxes = privateMailboxes(deps, owner, methods)
  if (mailboxes.length > 0) return { by: 'email', receivers: mailboxes }
  const numbers = mayText ? confirmedNumbers(deps, methods) : []
  if (numbers.length === 0) return null
  const { open } = await takeCosts(tx, numbers, owner.accountId, deps.settings.limits, now)
  const receivers = numbers.filter(({ to }) => open.some((one) => one.to === to))
  return receivers.length === 0 ? null : { by: 'sms', receivers }
}

/** SECURITY: not one that the lost password opens, which the helpdesk or a thief may read. */
function privateMailboxes(
  deps: Needed,
  { mail, mailboxes }: AccountState,
  methods: readonly MethodRecord[],
) {
  const own = [...mailboxes, ...(mail ? [mail] : [])]
  return confirmed(deps, methods, 'email')
    .filter(({ stored }) => !own.some((address) => isSameMailbox(address, stored)))
    .map(({ stored, masked }) => ({ to: stored, prefix: null, masked }))
}

function confirmedNumbers(deps: Needed, methods: readonly MethodRecord[]) {
  return confirmed(deps, methods, 'sms').flatMap(({ stored, masked }) => {
    const read = deps.phoneNumbers.read(stored)
    return read.ok ? [{ to: read.value.e164, prefix: read.value.prefix, masked }] : []
  })
}

function confirmed({ secrets }: Needed, methods: readonly MethodRecord[], kind: SentKind) {
  return methods
    .filter((one) => one.kind === kind && one.confirmedAt !== null && one.suspendedAt === null)
    .flatMap((one) => {
      const stored = secrets.openMethodSecret(one)
      return stored === null ? [] : [{ stored, masked: one.label }]
    })
}
