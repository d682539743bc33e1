import { useTranslation } from 'react-i18next'
import { ProgressList } from '../../ui/ProgressList.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { progressItems } from '../progress-items.ts'
import type { StepProps } from '../step.ts'

/** Between the last proof and the password: the way to the directory is looked for. */
export function PreparingStep({ walk, settings }: StepProps) {
  const { t } = useTranslation('journey')
  const items = progressItems(`prepare-${walk.purpose}`, walk.progress)
  return (
    <Screen title={t('preparing.title')} intro={t('preparing.intro')} place={settings.organisation}>
      <ProgressList
        label={t('preparing.list')}
        items={items.map(({ step, state }) => ({ id: step, state, label: t(`progress.${step}`) }))}
      />
    </Screen>
  )
}
