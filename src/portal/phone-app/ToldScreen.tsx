import { useTranslation } from 'react-i18next'
import type { PhoneAnswerResponse } from '../../contract/push.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice, type Tone } from '../../ui/Notice.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'

/** What has come of an answer. */
export type Told = PhoneAnswerResponse['outcome'] | 'over'

const tones: Record<Told, Tone> = {
  approved: 'success',
  wrong: 'error',
  denied: 'success',
  over: 'warning',
}

export function ToldScreen({ told, onClose }: { told: Told; onClose: () => void }) {
  const { t } = useTranslation('phone')
  return (
    <Screen title={t(`told.${told}.title`)}>
      <Notice tone={tones[told]}>
        <p>{t(`told.${told}.text`)}</p>
      </Notice>
      <Actions>
        <Button onPress={onClose}>{t('told.close')}</Button>
      </Actions>
    </Screen>
  )
}
