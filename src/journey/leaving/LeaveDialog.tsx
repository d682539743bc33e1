import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import type { StepProps } from '../step.ts'

const reasons = { valid: 'text', unknown: 'textUnknown', replaced: 'textReplaced' } as const

/** Asks before a proof is thrown away, or somebody is left without a password. */
export function LeaveDialog({ walk, walker }: Pick<StepProps, 'walk' | 'walker'>) {
  const { t } = useTranslation('journey')
  const { question } = walk
  if (!question) return null
  const isLeaving = question.about === 'leaving'
  return (
    <ConfirmDialog
      title={t(isLeaving ? 'leaving.title' : 'leaving.titleOther')}
      keepLabel={t('leaving.stay')}
      loseLabel={t(isLeaving ? 'leaving.goOn' : 'leaving.other')}
      onKeep={walker.stay}
      onLose={() =>
        void (question.about === 'leaving'
          ? walker.leaveAnyway()
          : walker.startOver(question.account, question.purpose))
      }
    >
      <p>{t(`leaving.${reasons[walk.oldPassword]}`)}</p>
    </ConfirmDialog>
  )
}
