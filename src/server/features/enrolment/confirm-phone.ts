import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { recordMethodChange } from '../../domain/record-method-change.ts'
import { elevated } from '../../domain/session-rules.ts'
import type { Confirmed } from './confirm-method.ts'
import { countIn } from './count-in.ts'
import { type NotOpen, openChanges } from './open-changes.ts'

type ConfirmPhoneError =
  | NotOpen
  | NotValid
  /** `wrong_state`: no phone has followed the link yet. */
  | { readonly code: 'not_found' | 'wrong_state' }
  | { readonly code: 'proof_refused'; readonly attemptsLeft: 0 }

/**
 * The number that the phone shows, typed in the portal: so its owner holds the phone that was paired,
 * and not somebody who has seen the picture. A wrong one ends the pairing.
 */
export async function confirmPhone(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  number: string,
): Promise<Result<Confirmed, ConfirmPhoneError>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  const token = deps.secrets.newToken()
  const next = elevated(session, deps.secrets.hashToken(token), now)
  return deps.store.transaction<Result<Confirmed, ConfirmPhoneError>>(async (tx) => {
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    const begun = open.value.pending.find(({ id }) => id === methodId)
    const device = begun === undefined ? null : await tx.pushDevices.find(methodId)
    if (begun === undefined || device === null || now >= device.pairingExpiresAt) {
      return err({ code: 'not_found' })
    }
    if (device.number === null) return err({ code: 'wrong_state' })
    if (!deps.secrets.equal(device.number, number)) {
      await tx.methods.remove(methodId, session.accountId)
      return err({ code: 'proof_refused', attemptsLeft: 0 })
    }
    if (!(await countIn(tx, session, next, methodId, now))) return err({ code: 'session_required' })
    await recordMethodChange(deps, tx, 'added', session, begun, now)
    return ok({ token, session: next })
  })
}
