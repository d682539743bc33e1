import type { JourneyResult, Outcome } from '../../contract/journey-bridge.ts'
import { meetsRules, type PasswordRules } from '../../contract/password-rules.ts'
import { err } from '../../contract/result.ts'
import { prepare } from './prepare.ts'
import type { Recovery, RecoveryPorts } from './recovery.ts'
import { writeDirect } from './write-direct.ts'
import { writeRelay } from './write-relay.ts'

/**
 * Sets the new password in the way that was prepared. When the domain controller has gone away since,
 * and nothing has been changed, another way is prepared first.
 */
export async function setPassword(
  ports: RecoveryPorts,
  recovery: Recovery,
  newPassword: string,
): Promise<JourneyResult<Outcome>> {
  for (const isLast of [false, true]) {
    const { prepared } = recovery
    if (prepared === null || prepared.mode === 'unlock') return err({ code: 'wrong_state' })
    // A password that is refused must not cost the user the old one for nothing.
    if (!isAcceptable(prepared.plan.rules, newPassword)) return err({ code: 'rules_not_met' })
    if (prepared.mode === 'relay') return writeRelay(ports, recovery, prepared, newPassword)
    const written = await writeDirect(ports, recovery, prepared, newPassword)
    if (written !== 'lost') return written
    if (isLast) break
    const again = await prepare(ports, recovery)
    if (!again.ok) return again
  }
  return err({ code: 'directory_unavailable' })
}

/** Half a surrogate pair or a NUL would reach the directory as something else than was typed. */
function isAcceptable(rules: PasswordRules, password: string): boolean {
  return !/[\p{Surrogate}\0]/u.test(password) && meetsRules(rules, password)
}
