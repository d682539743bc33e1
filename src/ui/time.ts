import { useEffect, useState } from 'react'

/**
 * Counts down to a moment, once a second, and stops there.
 *
 * @param deadline - milliseconds since epoch, or null when there is nothing to wait for
 * @returns whole seconds left, never below zero; null without a deadline
 */
export function useSecondsLeft(deadline: number | null): number | null {
  const [now, setNow] = useState(() => Date.now())
  const isOver = deadline === null || now >= deadline
  useEffect(() => {
    if (isOver) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isOver])
  return deadline === null ? null : Math.max(0, Math.ceil((deadline - now) / 1000))
}

/** A remaining time for the eye, e.g. `1:05`. Screen readers get words instead, and less often. */
export function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The time of day in the user's language, e.g. `14:32` or `2:32 PM`. */
export function timeOfDay(language: string, moment: number): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(moment)
}
