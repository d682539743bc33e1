import { useRef, useState } from 'react'
import { breachedRuleOf, checkPassword, type RuleCheck } from '../../contract/password-checks.ts'
import type { PasswordRules } from '../../contract/password-rules.ts'
import { type AskIfLeaked, useLeak } from './use-leak.ts'

export type Complaint = {
  readonly field: 'password' | 'repeat'
  readonly about: 'missing' | 'unmet' | 'different' | 'leaked' | 'leakedAnyway' | 'unchecked'
}

/** The candidate as it is typed. It lives only as long as the screen does. */
export function usePassword(rules: PasswordRules, askIfLeaked: AskIfLeaked) {
  const [password, setPassword] = useState('')
  const [repeat, setRepeat] = useState('')
  const [isShown, setIsShown] = useState(false)
  const [complaint, setComplaint] = useState<Complaint | null>(null)
  const [isChecking, setIsChecking] = useState(false)
  const [toldOf, setToldOf] = useState<string | null>(null)
  const leak = useLeak(askIfLeaked)
  const newest = useRef(password)
  newest.current = password
  const checks = checkPassword(rules, password)
  const rule = breachedRuleOf(rules)

  /** @returns what stands in the way once the list was asked; `changed` when it is asked in vain */
  async function complainOfLeak(): Promise<Complaint['about'] | 'changed' | null> {
    if (rule === 'off') return null
    setIsChecking(true)
    const answer = await leak.find(password)
    setIsChecking(false)
    if (newest.current !== password) return 'changed'
    if (answer === 'failed') return rule === 'refuse' ? 'unchecked' : null
    if (answer !== 'leaked') return null
    if (rule === 'refuse') return 'leaked'
    setToldOf(password)
    return toldOf === password ? null : 'leakedAnyway'
  }

  return {
    password,
    repeat,
    isShown,
    complaint,
    checks,
    /** Whether the list of leaked passwords is asked before this one is handed over. */
    isChecking,
    leak: rule === 'off' ? null : leak.stateOf(password),
    /** The field was left: a good moment to ask, if it could be taken otherwise. */
    leave() {
      const isWorthIt = password !== '' && checks.every((check) => check.passed)
      if (rule !== 'off' && isWorthIt) void leak.find(password)
    },
    type(next: string) {
      setPassword(next)
      if (complaint?.field === 'password') setComplaint(null)
    },
    typeRepeat(next: string) {
      setRepeat(next)
      if (complaint?.field === 'repeat') setComplaint(null)
    },
    show: setIsShown,
    /** Fills in a suggestion, visible: nobody can remember what they have not seen. */
    take(phrase: string) {
      setPassword(phrase)
      setRepeat('')
      setIsShown(true)
      setComplaint(null)
    },
    /** True when it can be handed over; otherwise the screen says what is missing. */
    async check(): Promise<boolean> {
      if (isChecking) return false
      const found = complain(password, checks, isShown ? password : repeat)
      setComplaint(found)
      if (found) return false
      const about = await complainOfLeak()
      if (about !== null && about !== 'changed') setComplaint({ field: 'password', about })
      return about === null
    },
  }
}

/** What stands in the way, the first thing first. */
export function complain(
  password: string,
  checks: readonly RuleCheck[],
  repeat: string,
): Complaint | null {
  if (password === '') return { field: 'password', about: 'missing' }
  if (!checks.every((check) => check.passed)) return { field: 'password', about: 'unmet' }
  return repeat === password ? null : { field: 'repeat', about: 'different' }
}
