import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { CodeForm } from '../CodeForm.tsx'
import type { NewCodes, RecoveryCodesProps } from './recovery-codes-props.ts'

/** One of them, from the paper: the codes are not on screen, so whoever can type one has kept them. */
export function ConfirmCodesScreen(
  props: RecoveryCodesProps & {
    codes: NewCodes
    onShow: () => void
    onBeginAgain: () => void
  },
) {
  const { t } = useTranslation('portal')
  const { language } = useLanguage()
  const { api, codes, guard } = props
  const confirm = async (code: string) => {
    const answer = await guard(() => api.confirm(codes.methodId, code))
    if (answer?.ok) await props.onDone(t('kind.recoveryCode.added'))
    return answer === null || answer.ok ? null : answer.error
  }
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(
    new Date(codes.expiresAt),
  )
  return (
    <Screen
      key="confirm"
      title={t('recoveryCodes.confirmTitle')}
      intro={<p>{t('recoveryCodes.confirmIntro')}</p>}
      place={props.organisation}
      onBack={props.onShow}
    >
      <CodeForm
        shape="written"
        label={t('recoveryCodes.code')}
        hint={t('recoveryCodes.confirmUntil', { time })}
        submitLabel={t('recoveryCodes.submit')}
        refusedText={t('recoveryCodes.refused')}
        onCode={confirm}
        onBeginAgain={props.onBeginAgain}
      >
        <Button variant="quiet" onPress={props.onShow}>
          {t('recoveryCodes.again')}
        </Button>
      </CodeForm>
    </Screen>
  )
}
