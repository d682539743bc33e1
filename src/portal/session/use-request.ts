import { useState } from 'react'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import type { Answer } from '../api/call.ts'
import type { Guard } from './use-step-up.ts'

/** A request of a form: whether one is under way, and what went wrong with the last one. */
export function useRequest(guard: Guard) {
  const [error, setError] = useState<JourneyError | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  /** Sends it. Null: it failed, which `error` says, or was given up. */
  const send = async <T>(work: () => Promise<Answer<T>>): Promise<{ value: T } | null> => {
    setIsBusy(true)
    setError(null)
    const answer = await guard(work)
    setIsBusy(false)
    if (answer?.ok) return { value: answer.value }
    setError(answer?.error ?? null)
    return null
  }
  return { error, isBusy, send }
}
