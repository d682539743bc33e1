import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import { Form } from '../../ui/Form.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Submit } from '../Submit.tsx'
import { type SentCode, SentCodeScreen } from '../sent-code/SentCodeScreen.tsx'
import { useRequest } from '../session/use-request.ts'
import { useWait } from '../Wait.tsx'
import type { MailProps } from './mail-props.ts'

/** First the address, then the code that was mailed to it. */
export function MailScreen(props: MailProps) {
  const [sent, setSent] = useState<SentCode | null>(null)
  const [address, setAddress] = useState('')
  const { error, isBusy, send } = useRequest(props.guard)
  const mailTo = async (to: string) => {
    const begun = await send(() => props.api.addEmail(to))
    if (begun) setSent({ ...begun.value, address: to, sentAt: Date.now() })
  }
  const sending = { error, isBusy, send: (to: string) => void mailTo(to) }
  if (sent) {
    const onOther = () => setSent(null)
    return <SentCodeScreen {...props} {...sending} kind="email" sent={sent} onOther={onOther} />
  }
  return <AddressScreen {...props} {...sending} address={address} onAddress={setAddress} />
}

function AddressScreen(
  props: MailProps & {
    address: string
    onAddress: (address: string) => void
    error: JourneyError | null
    isBusy: boolean
    send: (to: string) => void
  },
) {
  const { t } = useTranslation('portal')
  const { address, error } = props
  const [complaint, setComplaint] = useState<'addressMissing' | 'addressMalformed' | null>(null)
  const seconds = useWait(error)
  const refusal = error && refusals[error.code]
  const submit = () => {
    const to = address.trim()
    const found = to === '' ? 'addressMissing' : looksLikeAddress(to) ? null : 'addressMalformed'
    setComplaint(found)
    if (!found && !seconds) props.send(to)
  }
  return (
    <Screen
      key="address"
      title={t('mail.title')}
      intro={<p>{t('mail.intro')}</p>}
      place={props.organisation}
      onBack={props.onBack}
    >
      <Form onSubmit={submit} complaint={complaint ?? (refusal && error)}>
        <TextField
          name="address"
          type="email"
          label={t('mail.address')}
          description={t('mail.addressHint')}
          value={address}
          onChange={props.onAddress}
          autoComplete="email"
          maxLength={254}
          isRequired
          error={complaint ? t(`mail.${complaint}`) : refusal ? t(`mail.${refusal}`) : null}
        />
        <Submit
          label={t('mail.send')}
          error={refusal ? null : error}
          seconds={seconds}
          isBusy={props.isBusy}
        />
      </Form>
    </Screen>
  )
}

/** What is wrong with the address itself is said at the field. */
const refusals: Partial<
  Record<JourneyError['code'], 'addressOfWork' | 'addressTwice' | 'addressMalformed'>
> = {
  address_not_allowed: 'addressOfWork',
  already_enrolled: 'addressTwice',
  invalid_request: 'addressMalformed',
}

/** Whether it could be an address at all; the backend looks closer. */
function looksLikeAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
}
