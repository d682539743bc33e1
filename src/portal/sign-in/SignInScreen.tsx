import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Form } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { PortalApi } from '../api/portal-api.ts'
import type { Departure } from '../session/phase.ts'
import { useWait, Wait } from '../Wait.tsx'

/** The directory's account name and password. */
export function SignInScreen(props: {
  api: PortalApi
  because: Departure
  organisation: string
  takesFocus: boolean
  onSignedIn: () => Promise<void>
}) {
  const { t } = useTranslation('portal')
  const form = useSignIn(props.api, props.onSignedIn)
  const { error, missing } = form
  const refused = error?.code === 'sign_in_refused' ? error : null
  return (
    <Screen
      title={t('signIn.title')}
      intro={<p>{t('signIn.intro')}</p>}
      place={props.organisation}
      takesFocus={props.takesFocus}
      above={props.because && !error && <Farewell because={props.because} />}
    >
      <Form onSubmit={() => void form.submit()} complaint={missing ?? refused}>
        <TextField
          name="account"
          label={t('signIn.account')}
          description={t('signIn.accountHint')}
          value={form.account}
          onChange={form.setAccount}
          autoComplete="username"
          maxLength={256}
          isRequired
          error={missing?.account ? t('signIn.missingAccount') : null}
        />
        <PasswordField
          name="password"
          label={t('signIn.password')}
          value={form.password}
          onChange={form.setPassword}
          autoComplete="current-password"
          isShown={form.isShown}
          onShownChange={form.setIsShown}
          isRequired
          error={missing?.password ? t('signIn.missingPassword') : refused && t('signIn.refused')}
        />
        {error && !refused && <Failure error={error} seconds={form.seconds} />}
        <Actions>
          <Button
            type="submit"
            variant="primary"
            isPending={form.isBusy}
            isDisabled={Boolean(form.seconds)}
          >
            {t('signIn.submit')}
          </Button>
        </Actions>
      </Form>
    </Screen>
  )
}

function useSignIn(api: PortalApi, onSignedIn: () => Promise<void>) {
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [isShown, setIsShown] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [missing, setMissing] = useState<{ account: boolean; password: boolean } | null>(null)
  const [error, setError] = useState<JourneyError | null>(null)
  const seconds = useWait(error)
  const submit = async () => {
    const lacks = { account: account.trim() === '', password: password === '' }
    setMissing(lacks.account || lacks.password ? lacks : null)
    if (lacks.account || lacks.password || seconds) return
    setIsBusy(true)
    setError(null)
    const answer = await api.signIn(account, password)
    setIsShown(false)
    if (answer.ok) await onSignedIn()
    else setError(answer.error)
    setIsBusy(false)
  }
  const fields = { account, setAccount, password, setPassword, isShown, setIsShown }
  return { ...fields, isBusy, missing, error, seconds, submit }
}

function Farewell({ because }: { because: NonNullable<Departure> }) {
  const { t } = useTranslation('portal')
  return (
    <Notice tone={because === 'left' ? 'success' : 'info'} title={t(`signedOut.${because}.title`)}>
      <p>{t(`signedOut.${because}.text`)}</p>
    </Notice>
  )
}

function Failure({ error, seconds }: { error: JourneyError; seconds: number | null }) {
  const { t } = useTranslation('portal')
  const { code } = error
  if (code === 'password_must_change') {
    return (
      <Notice tone="warning" title={t('signIn.mustChange.title')}>
        <p>{t('signIn.mustChange.text')}</p>
      </Notice>
    )
  }
  if (code === 'too_many_attempts') {
    return (
      <Notice tone="error" title={t('signIn.tooMany.title')}>
        <p>{t('signIn.tooMany.text')}</p>
        <Wait seconds={seconds} />
      </Notice>
    )
  }
  return (
    <ErrorNotice error={error}>
      <Wait seconds={seconds} />
    </ErrorNotice>
  )
}
