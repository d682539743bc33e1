import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { loadStrength, type Strength, type StrengthMeter } from './strength.ts'

const TYPING_PAUSE = 180
const tones = ['low', 'low', 'middle', 'high', 'high'] as const

/** How hard the password is to guess. Advice only: the rules decide. */
export function PasswordStrength(props: { password: string; ownWords: readonly string[] }) {
  const { t } = useTranslation('journey')
  const meter = useMeter()
  const strength = useStrength(meter, props.password, props.ownWords)
  if (meter === 'unavailable') return null
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

/** Null while it is being loaded. Without it everything else still works. */
function useMeter(): StrengthMeter | 'unavailable' | null {
  const { language } = useLanguage()
  const [meter, setMeter] = useState<{ check: StrengthMeter | 'unavailable' } | null>(null)
  useEffect(() => {
    let isWanted = true
    const take = (check: StrengthMeter | 'unavailable') => isWanted && setMeter({ check })
    loadStrength(language).then(take, () => take('unavailable'))
    return () => {
      isWanted = false
    }
  }, [language])
  return meter?.check ?? null
}

function useStrength(
  meter: StrengthMeter | 'unavailable' | null,
  password: string,
  ownWords: readonly string[],
): Strength | null {
  const [strength, setStrength] = useState<Strength | null>(null)
  useEffect(() => {
    if (typeof meter !== 'function' || password === '') return setStrength(null)
    const timer = setTimeout(() => setStrength(meter(password, ownWords)), TYPING_PAUSE)
    return () => clearTimeout(timer)
  }, [meter, password, ownWords])
  return strength
}
