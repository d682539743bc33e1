import { useRef, useState } from 'react'
import type { JourneyErrorCode, JourneyResult, LeakCheck } from '../../contract/journey-bridge.ts'

/** Asks the list of leaked passwords. Null: nobody waits for the answer any more. */
export type AskIfLeaked = (password: string) => Promise<JourneyResult<LeakCheck> | null>

/** `failed`: it could not be asked, and may be asked again. `ended`: the recovery is over. */
type LeakAnswer = 'clear' | 'leaked' | 'failed' | 'ended'
export type LeakState = LeakAnswer | 'unknown'

/** What the list said about each candidate. Each is asked about once, unless that failed. */
export function useLeak(ask: AskIfLeaked) {
  const asked = useRef<{ password: string; answer: Promise<LeakAnswer> } | null>(null)
  const [known, setKnown] = useState<{ password: string; answer: LeakAnswer } | null>(null)
  return {
    stateOf: (password: string): LeakState =>
      known?.password === password ? known.answer : 'unknown',
    find(password: string): Promise<LeakAnswer> {
      if (asked.current?.password === password) return asked.current.answer
      const question = { password, answer: ask(password).then(meaningOf) }
      asked.current = question
      void question.answer.then((answer) => {
        if (asked.current !== question) return
        setKnown({ password, answer })
        if (answer === 'failed') asked.current = null
      })
      return question.answer
    },
  }
}

/** With these, setting the password would say the same: it does, on a screen that is made for it. */
const endings: readonly JourneyErrorCode[] = [
  'no_recovery',
  'recovery_expired',
  'recovery_locked',
  'unauthorized',
  'wrong_state',
]

function meaningOf(result: JourneyResult<LeakCheck> | null): LeakAnswer {
  if (result === null) return 'ended'
  if (result.ok) return result.value.leaked ? 'leaked' : 'clear'
  return endings.includes(result.error.code) ? 'ended' : 'failed'
}
