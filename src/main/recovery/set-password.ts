import type {
  JourneyError,
  JourneyResult,
  LeakCheck,
  Outcome,
} from '../../contract/journey-bridge.ts'
import { breachedRuleOf, brokenRules, type PasswordRules } from '../../contract/password-rules.ts'
import { err, ok } from '../../contract/result.ts'
import { checkLeaked } from './check-leaked.ts'
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
    const unfit = await whyUnfit(ports, recovery, prepared.plan.rules, newPassword)
    if (unfit) return err(unfit)
    if (prepared.mode === 'relay') return writeRelay(ports, recovery, prepared, newPassword)
    const written = await writeDirect(ports, recovery, prepared, newPassword)
    if (written !== 'lost') return written
    if (isLast) break
    const again = await prepare(ports, recovery)
    if (!again.ok) return again
  }
  return err({ code: 'directory_unavailable' })
}

/** Whether a password is on the list of leaked ones, once it is known whether that matters. */
export async function checkPrepared(
  ports: RecoveryPorts,
  recovery: Recovery,
  password: string,
): Promise<JourneyResult<LeakCheck>> {
  const { prepared } = recovery
  if (prepared === null || prepared.mode === 'unlock') return err({ code: 'wrong_state' })
  const { rules } = prepared.plan
  // Nothing is told of a password that will not be taken anyway.
  const isAsked = breachedRuleOf(rules) !== 'off' && whyUnfitHere(rules, password) === null
  return isAsked ? checkLeaked(ports, recovery.leaks, password) : ok({ leaked: false })
}

/** Why a password cannot be set, as far as it can be known before anything is written. */
async function whyUnfit(
  ports: RecoveryPorts,
  recovery: Recovery,
  rules: PasswordRules,
  password: string,
): Promise<JourneyError | null> {
  const unfit = whyUnfitHere(rules, password)
  if (unfit || breachedRuleOf(rules) !== 'refuse') return unfit
  const checked = await checkLeaked(ports, recovery.leaks, password)
  // SECURITY: without an answer nothing is set; the next try asks again.
  if (!checked.ok) return checked.error
  return checked.value.leaked ? { code: 'rules_not_met', refused: ['breached'] } : null
}

function whyUnfitHere(rules: PasswordRules, password: string): JourneyError | null {
  // Half a surrogate pair or a NUL would reach the directory as something else than was typed.
  if (/[\p{Surrogate}\0]/u.test(password)) return { code: 'rules_not_met' }
  const refused = brokenRules(rules, password)
  return refused.length > 0 ? { code: 'rules_not_met', refused } : null
}
