import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TotpEnrolment } from '../../contract/enrolment.ts'
import { Screen } from '../../ui/Screen.tsx'
import { NameForm } from '../NameForm.tsx'
import { useRequest } from '../session/use-request.ts'
import type { AuthenticatorProps } from './authenticator-props.ts'
import { ConnectScreen } from './ConnectScreen.tsx'

/** First the app and its name, then the seed and the code. */
export function AuthenticatorScreen(props: AuthenticatorProps) {
  const { t } = useTranslation('portal')
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null)
  const { error, isBusy, send } = useRequest(props.guard)
  const begin = async (label: string) => {
    const begun = await send(() => props.api.addTotp(label))
    if (begun) setEnrolment(begun.value)
  }
  if (enrolment) {
    return <ConnectScreen {...props} enrolment={enrolment} onBack={() => setEnrolment(null)} />
  }
  return (
    <Screen
      key="name"
      title={t('authenticator.title')}
      intro={<p>{t('authenticator.intro')}</p>}
      place={props.organisation}
      onBack={props.onBack}
    >
      <section className="portal-section">
        <h2>{t('authenticator.getApp')}</h2>
        <p>{t('authenticator.getAppText')}</p>
      </section>
      <NameForm
        methods={props.methods}
        firstLabel={t('kind.totp.firstLabel')}
        missingText={t('authenticator.nameMissing')}
        submitLabel={t('authenticator.begin')}
        error={error}
        isBusy={isBusy}
        onName={(label) => void begin(label)}
      />
    </Screen>
  )
}
