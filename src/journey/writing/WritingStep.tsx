import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/Notice.tsx'
import { ProgressList } from '../../ui/ProgressList.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { progressItems } from '../progress-items.ts'
import type { StepProps } from '../step.ts'

const slowAfterMs = 12_000

/** The directory is being written to. Nothing to do but wait, so say what is happening. */
export function WritingStep({ walk, settings }: StepProps) {
  const { t } = useTranslation('journey')
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), slowAfterMs)
    return () => clearTimeout(timer)
  }, [])
  const items = progressItems(walk.preparation?.mode ?? 'direct', walk.progress)
  return (
    <Screen
      title={t(walk.purpose === 'unlock' ? 'writing.titleUnlock' : 'writing.title')}
      intro={t('writing.intro')}
      place={settings.organisation}
    >
      <ProgressList
        label={t('writing.list')}
        items={items.map(({ step, state }) => ({ id: step, state, label: t(`progress.${step}`) }))}
      />
      {isSlow && <Notice tone="info" title={t('writing.slow')} />}
    </Screen>
  )
}
