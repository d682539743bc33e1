import { useTranslation } from 'react-i18next'
import { clockTime } from '../ui/time.ts'

/**
 * How long until another try makes sense. The running seconds are for the eye; that the wait is over
 * is said aloud.
 *
 * @param seconds - null when there is nothing to wait for
 */
export function Waiting({ seconds }: { seconds: number | null }) {
  const { t } = useTranslation('journey')
  if (seconds === null) return null
  return (
    <>
      {seconds > 0 && (
        <p aria-live="off">
          <strong>{t('failure.waiting', { time: clockTime(seconds) })}</strong>
        </p>
      )}
      <p role="status">{seconds === 0 && t('failure.waited')}</p>
    </>
  )
}
