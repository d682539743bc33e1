import { useTranslation } from 'react-i18next'
import { clockTime } from '../ui/time.ts'

/** How long until another try makes sense. Said once; the running seconds are for the eye. */
export function Waiting({ seconds }: { seconds: number | null }) {
  const { t } = useTranslation('journey')
  if (!seconds) return null
  return (
    <p aria-live="off">
      <strong>{t('failure.waiting', { time: clockTime(seconds) })}</strong>
    </p>
  )
}
