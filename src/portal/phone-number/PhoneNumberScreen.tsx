import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import { Form } from '../../ui/Form.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { PortalApi } from '../api/portal-api.ts'
import { Submit } from '../Submit.tsx'
import { type SentCode, SentCodeScreen } from '../sent-code/SentCodeScreen.tsx'
import { useRequest } from '../session/use-request.ts'
import type { Guard } from '../session/use-step-up.ts'
import { useWait } from '../Wait.tsx'

type PhoneNumberProps = {
  api: PortalApi
  guard: Guard
  organisation: string
  onBack: () => void
  onDone: (news: string) => Promise<void>
}

/** First the number, then the code that was sent to it. */
export function PhoneNumberScreen(props: PhoneNumberProps) {
  const [sent, setSent] = useState<SentCode | null>(null)
  const [number, setNumber] = useState('')
  const { error, isBusy, send } = useRequest(props.guard)
  const sendTo = async (to: string) => {
    const begun = await send(() => props.api.addPhoneNumber(to))
    if (begun) setSent({ ...begun.value, address: begun.value.number, sentAt: Date.now() })
  }
  const sending = { error, isBusy, send: (to: string) => void sendTo(to) }
  if (sent) {
    const onOther = () => setSent(null)
    return <SentCodeScreen {...props} {...sending} kind="sms" sent={sent} onOther={onOther} />
  }
  return <NumberScreen {...props} {...sending} number={number} onNumber={setNumber} />
}

function NumberScreen(
  props: PhoneNumberProps & {
    number: string
    onNumber: (number: string) => void
    error: JourneyError | null
    isBusy: boolean
    send: (to: string) => void
  },
) {
  const { t } = useTranslation('portal')
  const { number, error } = props
  const [complaint, setComplaint] = useState<'numberMissing' | 'numberMalformed' | null>(null)
  const seconds = useWait(error)
  const refusal = error && refusals[error.code]
  const submit = () => {
    const to = number.trim()
    const found = to === '' ? 'numberMissing' : looksLikeNumber(to) ? null : 'numberMalformed'
    setComplaint(found)
    if (!found && !seconds) props.send(to)
  }
  return (
    <Screen
      key="number"
      title={t('number.title')}
      intro={<p>{t('number.intro')}</p>}
      place={props.organisation}
      onBack={props.onBack}
    >
      <Form onSubmit={submit} complaint={complaint ?? (refusal && error)}>
        <TextField
          name="number"
          type="tel"
          label={t('number.number')}
          description={t('number.numberHint')}
          value={number}
          onChange={props.onNumber}
          autoComplete="tel"
          maxLength={40}
          isRequired
          error={complaint ? t(`number.${complaint}`) : refusal ? t(`number.${refusal}`) : null}
        />
        <Submit
          label={t('number.send')}
          error={refusal ? null : error}
          seconds={seconds}
          isBusy={props.isBusy}
        />
      </Form>
    </Screen>
  )
}

/** What is wrong with the number itself is said at the field. */
const refusals: Partial<
  Record<JourneyError['code'], 'numberRefused' | 'numberTwice' | 'numberMalformed'>
> = {
  number_not_allowed: 'numberRefused',
  already_enrolled: 'numberTwice',
  invalid_request: 'numberMalformed',
}

/** Whether it could be a number at all; the backend knows the numbering plans. */
function looksLikeNumber(text: string): boolean {
  return /^\+?[\d\s()/.-]{5,}$/.test(text)
}
