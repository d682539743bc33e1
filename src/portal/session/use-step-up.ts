import { useCallback, useRef, useState } from 'react'
import type { Answer } from '../api/call.ts'
import type { Departure } from './phase.ts'

/**
 * Runs `work`, and when the backend wants a method to be proven first, asks for that and runs it again.
 * Null: given up, or the session is over.
 */
export type Guard = <T>(work: () => Promise<Answer<T>>) => Promise<Answer<T> | null>

/** The question "prove that it is you", as a promise for whoever needs the answer. */
export function useStepUp(leave: (because: Departure) => void) {
  const [isAsking, setIsAsking] = useState(false)
  const waiting = useRef<((proven: boolean) => void) | null>(null)

  const settle = useCallback((proven: boolean) => {
    waiting.current?.(proven)
    waiting.current = null
    setIsAsking(false)
  }, [])

  const guard = useCallback<Guard>(
    async (work) => {
      for (;;) {
        const answer = await work()
        if (answer.ok) return answer
        if (answer.error.code === 'session_required') {
          leave('ended')
          return null
        }
        if (answer.error.code !== 'step_up_required') return answer
        waiting.current?.(false)
        const proven = await new Promise<boolean>((resolve) => {
          waiting.current = resolve
          setIsAsking(true)
        })
        if (!proven) return null
      }
    },
    [leave],
  )
  return { isAsking, settle, guard }
}
