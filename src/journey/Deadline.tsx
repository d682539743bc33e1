import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ClockIcon } from '../ui/icons.tsx'
import { clockTime, useSecondsLeft } from '../ui/time.ts'

const shownFromSeconds = 120
/** When the time left is said aloud, in seconds. In between, the clock runs for the eye only. */
const spokenAtSeconds = [120, 60, 30]

/** The time of a recovery cannot be extended, so its end is announced early enough to finish. */
export function Deadline(props: { deadline: number | null; onOver: () => void }) {
  const { t } = useTranslation('journey')
  const { t: tUi } = useTranslation('ui')
  const seconds = useSecondsLeft(props.deadline)
  const { onOver } = props
  useEffect(() => {
    if (seconds === 0) onOver()
  }, [seconds, onOver])
  const isNear = seconds !== null && seconds > 0 && seconds <= shownFromSeconds
  const milestone = spokenAtSeconds.findLast((at) => (seconds ?? Number.POSITIVE_INFINITY) <= at)
  const spoken =
    milestone === undefined
      ? ''
      : milestone >= 60
        ? tUi('minutes', { count: milestone / 60 })
        : tUi('seconds', { count: milestone })
  return (
    <>
      {isNear && (
        <p className="deadline">
          <ClockIcon />
          <span>
            <strong>{t('deadline.title', { time: clockTime(seconds) })}</strong>{' '}
            {t('deadline.text')}
          </span>
        </p>
      )}
      <p className="visually-hidden" role="status">
        {isNear && spoken && t('deadline.spoken', { time: spoken })}
      </p>
    </>
  )
}
