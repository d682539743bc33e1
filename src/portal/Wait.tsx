import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../contract/journey-bridge.ts'
import { clockTime, useSecondsLeft } from '../ui/time.ts'

/** A mail needs a moment; asking again at once would only make the code on its way worthless. */
export const mailPatienceMs = 30_000

/** Seconds until another try makes sense, counting down; null when there is nothing to wait for. */
export function useWait(error: JourneyError | null): number | null {
  const until = useMemo(() => {
    const seconds = error?.retryAfterSeconds
    return seconds === undefined ? null : Date.now() + seconds * 1000
  }, [error])
  return useSecondsLeft(until)
}

/** How long it takes until another try makes sense. Said once; the running seconds are for the eye. */
export function Wait({ seconds }: { seconds: number | null }) {
  const { t } = useTranslation('portal')
  if (!seconds) return null
  return (
    <p aria-live="off">
      <strong>{t('waiting', { time: clockTime(seconds) })}</strong>
    </p>
  )
}
