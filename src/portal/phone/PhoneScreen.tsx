import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneEnrolment } from '../../contract/push.ts'
import { Form } from '../../ui/Form.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Submit } from '../Submit.tsx'
import { useRequest } from '../session/use-request.ts'
import { useWait } from '../Wait.tsx'
import { PairingScreen } from './PairingScreen.tsx'
import type { PhoneProps } from './phone-props.ts'

/** First what it is, then the picture that pairs a phone, once. */
export function PhoneScreen(props: PhoneProps) {
  const { t } = useTranslation('portal')
  const [enrolment, setEnrolment] = useState<PhoneEnrolment | null>(null)
  const { error, isBusy, send } = useRequest(props.guard)
  const seconds = useWait(error)
  const begin = async () => {
    if (seconds || isBusy) return
    const begun = await send(() => props.api.addPhone())
    if (begun) setEnrolment(begun.value)
  }
  if (enrolment) {
    return <PairingScreen {...props} enrolment={enrolment} onAgain={() => setEnrolment(null)} />
  }
  return (
    <Screen
      key="begin"
      title={t('phone.title')}
      intro={<p>{t('phone.intro')}</p>}
      place={props.organisation}
      onBack={props.onBack}
    >
      <p>{t('phone.app')}</p>
      <Form onSubmit={() => void begin()} isBusy={isBusy}>
        <Submit label={t('phone.begin')} error={error} seconds={seconds} isBusy={isBusy} />
      </Form>
    </Screen>
  )
}
