import { useTranslation } from 'react-i18next'
import type { EnrolledMethod } from '../../contract/enrolment.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Asks before a method goes, and says when it is one too many. */
export function RemovalDialog(props: {
  method: EnrolledMethod
  isNeeded: boolean
  onKeep: () => void
  onRemove: () => void
}) {
  const { t } = useTranslation('portal')
  return (
    <ConfirmDialog
      title={t('removal.title', { label: props.method.label })}
      keepLabel={t('removal.keep')}
      loseLabel={t('removal.remove')}
      onKeep={props.onKeep}
      onLose={props.onRemove}
    >
      {props.isNeeded && <Notice tone="warning" title={t('removal.warning')} isQuiet />}
      <p>{t('removal.text')}</p>
    </ConfirmDialog>
  )
}
