import { useTranslation } from 'react-i18next'
import { Notice } from '../ui/Notice.tsx'
import type { Walk } from './state.ts'

/** The truth about the old password, wherever it matters. */
export function OldPasswordNotice({ walk }: { walk: Pick<Walk, 'oldPassword'> }) {
  const { t } = useTranslation('journey')
  if (walk.oldPassword === 'valid') return null
  return <Notice tone="warning" title={t(`oldPassword.${walk.oldPassword}`)} />
}
