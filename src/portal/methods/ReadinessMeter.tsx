import { useTranslation } from 'react-i18next'
import type { EnrolledMethods } from '../../contract/enrolment.ts'
import { CheckIcon, KeyIcon } from '../../ui/icons.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { type Readiness, readinessOf } from './readiness.ts'

const tones = {
  ready: 'high',
  almost: 'middle',
  almostStrong: 'middle',
  almostResistant: 'middle',
  nothing: 'low',
} as const

type Words = Readiness['state'] | 'keptOut'

/** The one thing to know: could I recover today? */
export function ReadinessMeter({ methods }: { methods: EnrolledMethods }) {
  const { t } = useTranslation('portal')
  const readiness = readinessOf(methods)
  const { state, have, required } = readiness
  const words = methods.keptOut ? 'keptOut' : state
  const { enrolWithinDays } = methods
  const isAskedSoon = enrolWithinDays !== undefined && state !== 'ready' && state !== 'off'
  return (
    <section className={`readiness readiness-${state}`} aria-labelledby="readiness">
      <span className="readiness-icon">{state === 'ready' ? <CheckIcon /> : <KeyIcon />}</span>
      <div className="readiness-words">
        <h2 id="readiness">{t(`home.${words}.title`, { count: required - have })}</h2>
        <p>
          <ReadinessText words={words} required={required} />
        </p>
        {isAskedSoon && <p>{t('home.within', { count: enrolWithinDays })}</p>}
      </div>
      {state !== 'off' && (
        <Meter
          label={t('home.meter')}
          value={have}
          maxValue={required}
          valueLabel={t('home.meterValue', { value: have, count: required })}
          tone={tones[state]}
        />
      )}
    </section>
  )
}

function ReadinessText({ words, required }: { words: Words; required: number }) {
  const { t } = useTranslation('portal')
  return words === 'nothing' ? t('home.nothing.text', { count: required }) : t(`home.${words}.text`)
}
