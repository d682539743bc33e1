import { useState } from 'react'
import { checkPassword, type RuleCheck } from '../../contract/password-checks.ts'
import type { PasswordRules } from '../../contract/password-rules.ts'

export type Complaint = {
  readonly field: 'password' | 'repeat'
  readonly about: 'missing' | 'unmet' | 'different'
}

/** The candidate as it is typed. It lives only as long as the screen does. */
export function usePassword(rules: PasswordRules) {
  const [password, setPassword] = useState('')
  const [repeat, setRepeat] = useState('')
  const [isShown, setIsShown] = useState(false)
  const [complaint, setComplaint] = useState<Complaint | null>(null)
  const checks = checkPassword(rules, password)
  return {
    password,
    repeat,
    isShown,
    complaint,
    checks,
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
    check(): boolean {
      const found = complain(password, checks, isShown ? password : repeat)
      setComplaint(found)
      return found === null
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
