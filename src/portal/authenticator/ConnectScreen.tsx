import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TotpEnrolment } from '../../contract/enrolment.ts'
import { Button } from '../../ui/Button.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { CodeForm } from '../CodeForm.tsx'
import type { AuthenticatorProps } from './authenticator-props.ts'
import { keyGroups } from './key-groups.ts'
import { QrCode } from './QrCode.tsx'

/** The picture to scan, the key for those who cannot, and the code that shows that it worked. */
export function ConnectScreen(props: AuthenticatorProps & { enrolment: TotpEnrolment }) {
  const { t } = useTranslation('portal')
  const { enrolment, api, guard } = props
  const confirm = async (code: string) => {
    const answer = await guard(() => api.confirm(enrolment.methodId, code))
    if (answer?.ok) await props.onDone(t('kind.totp.added'))
    return answer === null || answer.ok ? null : answer.error
  }
  return (
    <Screen
      key="connect"
      title={t('authenticator.connectTitle')}
      place={props.organisation}
      onBack={props.onBack}
    >
      <ol className="portal-steps">
        <li>
          <h2>{t('authenticator.scan')}</h2>
          <p>{t('authenticator.scanText')}</p>
          <div className="qr">
            <QrCode text={enrolment.uri} label={t('authenticator.picture')} />
            <div className="qr-else">
              <a className="button button-secondary qr-open" href={enrolment.uri}>
                {t('authenticator.open')}
              </a>
              <ByHand enrolment={enrolment} />
            </div>
          </div>
        </li>
        <li>
          <CodeForm
            label={t('authenticator.code')}
            hint={t('authenticator.codeHint')}
            submitLabel={t('authenticator.submit')}
            refusedText={t('authenticator.refused')}
            onCode={confirm}
            onBeginAgain={props.onBack}
          />
        </li>
      </ol>
    </Screen>
  )
}

function ByHand({ enrolment: { secret, uri } }: { enrolment: TotpEnrolment }) {
  const { t } = useTranslation('portal')
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(secret).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    )
  }
  return (
    <details className="by-hand">
      <summary>{t('authenticator.byHand')}</summary>
      <p>{t('authenticator.byHandText', { account: accountOf(uri) })}</p>
      <p className="key" dir="ltr" translate="no">
        <span className="visually-hidden">{t('authenticator.key')}: </span>
        {keyGroups(secret).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups are their positions
          <span key={index} className="key-group">
            {group}{' '}
          </span>
        ))}
      </p>
      <Button onPress={() => void copy()}>
        {isCopied ? t('authenticator.copied') : t('authenticator.copy')}
      </Button>
      <span className="visually-hidden" role="status">
        {isCopied && t('authenticator.copied')}
      </span>
    </details>
  )
}

/** The label inside the `otpauth:` address: what the app will call the account. */
function accountOf(uri: string): string {
  const label = new URL(uri).pathname.split('/').at(-1) ?? ''
  return decodeURIComponent(label).split(':').at(-1)?.trim() ?? ''
}
