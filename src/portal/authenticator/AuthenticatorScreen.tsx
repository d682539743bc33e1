import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethods, TotpEnrolment } from '../../contract/enrolment.ts'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import { Form } from '../../ui/Form.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Submit } from '../Submit.tsx'
import { useRequest } from '../session/use-request.ts'
import { useWait } from '../Wait.tsx'
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
      <NameForm {...props} error={error} isBusy={isBusy} onName={(label) => void begin(label)} />
    </Screen>
  )
}

function NameForm(props: {
  methods: EnrolledMethods
  error: JourneyError | null
  isBusy: boolean
  onName: (label: string) => void
}) {
  const { t } = useTranslation('portal')
  const [label, setLabel] = useState(() => freshLabel(t('kind.totp.firstLabel'), props.methods))
  const [isMissing, setIsMissing] = useState(false)
  const seconds = useWait(props.error)
  const submit = () => {
    const name = label.trim()
    setIsMissing(name === '')
    if (name !== '' && !seconds) props.onName(name)
  }
  return (
    <Form onSubmit={submit} complaint={isMissing}>
      <TextField
        name="label"
        label={t('authenticator.name')}
        description={t('authenticator.nameHint')}
        value={label}
        onChange={setLabel}
        maxLength={64}
        isRequired
        error={isMissing ? t('authenticator.nameMissing') : null}
      />
      <Submit
        label={t('authenticator.begin')}
        error={props.error}
        seconds={seconds}
        isBusy={props.isBusy}
      />
    </Form>
  )
}

/** "My phone", "My phone 2" … whichever is free. */
function freshLabel(first: string, { methods }: EnrolledMethods): string {
  const taken = new Set(methods.map(({ label }) => label))
  let label = first
  for (let number = 2; taken.has(label); number += 1) label = `${first} ${number}`
  return label
}
