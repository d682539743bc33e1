import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { openStrengthWorker } from './open-strength-worker.ts'
import type { Strength } from './strength.ts'
import { type StrengthAnswer, type StrengthMeter, startStrengthMeter } from './strength-meter.ts'

const typingPauseMs = 180
const tones = ['low', 'low', 'middle', 'high', 'high'] as const

const leaked: Strength = { score: 0, warning: null }

/** How hard the password is to guess. Advice only: the rules decide. */
export function PasswordStrength(props: {
  password: string
  ownWords: readonly string[]
  /** Nothing is easier to guess, however it looks. */
  isLeaked: boolean
}) {
  const { t } = useTranslation('journey')
  const answer = useStrength(props.password, props.ownWords)
  if (answer === 'unavailable') return null
  const measured = props.isLeaked ? leaked : answer
  const strength = props.password === '' ? null : measured
  const valueLabel = strength
    ? t(`password.strengthValue.${strength.score}`)
    : t(props.password ? 'password.strengthWait' : 'password.strengthEmpty')
  return (
    <div className="strength">
      <Meter
        label={t('password.strength')}
        value={strength ? strength.score + 1 : 0}
        maxValue={5}
        valueLabel={valueLabel}
        tone={tones[strength?.score ?? 0]}
      />
      {strength?.warning && <p className="soft">{strength.warning}</p>}
    </div>
  )
}

/** The meter lives as long as the screen does. Null until it has answered. */
function useStrength(password: string, ownWords: readonly string[]): StrengthAnswer | null {
  const { language } = useLanguage()
  const meter = useRef<StrengthMeter>(null)
  const [answer, setAnswer] = useState<StrengthAnswer | null>(null)
  useEffect(() => {
    const started = startStrengthMeter(() => openStrengthWorker(language), setAnswer)
    meter.current = started
    return () => started.stop()
  }, [language])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language, another meter to ask
  useEffect(() => {
    if (password === '') {
      meter.current?.forget()
      return setAnswer((known) => (known === 'unavailable' ? known : null))
    }
    const question = { password, ownWords }
    const timer = setTimeout(() => meter.current?.ask(question), typingPauseMs)
    return () => clearTimeout(timer)
  }, [password, ownWords, language])
  return answer
}
