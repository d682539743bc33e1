import { useTranslation } from 'react-i18next'
import type { EnrolledMethods } from '../../contract/enrolment.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** With so many left it is time for new ones; the backend mails at the same number. */
const few = 2

/** Reminds of recovery codes that are running out. */
export function FewCodes(props: { methods: EnrolledMethods; onMake: () => void }) {
  const { t } = useTranslation('portal')
  const { kinds, methods } = props.methods
  const set = methods.find(({ kind, suspended }) => kind === 'recoveryCode' && !suspended)
  if (set?.left === undefined || set.left > few || !kinds.includes('recoveryCode')) return null
  return (
    <Notice tone="warning" title={t('recoveryCodes.few.title', { count: set.left })}>
      <p>{t('recoveryCodes.few.text')}</p>
      <div className="few-codes">
        <Button onPress={props.onMake}>{t('recoveryCodes.few.make')}</Button>
      </div>
    </Notice>
  )
}
