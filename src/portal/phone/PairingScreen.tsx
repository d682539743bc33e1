import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import type { PhoneEnrolment } from '../../contract/push.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Form } from '../../ui/Form.tsx'
import { looksLikeNumber, NumberField } from '../../ui/NumberField.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { QrCode } from '../authenticator/QrCode.tsx'
import type { PhoneProps } from './phone-props.ts'

/** The picture to scan, and the number that the phone shows then: so it is this phone and no other. */
export function PairingScreen(
  props: PhoneProps & { enrolment: PhoneEnrolment; onAgain: () => void },
) {
  const { t } = useTranslation('portal')
  const { link } = props.enrolment
  return (
    <Screen
      key="pair"
      title={t('phone.pairTitle')}
      place={props.organisation}
      onBack={props.onAgain}
    >
      <ol className="portal-steps">
        <li>
          <h2>{t('phone.scan')}</h2>
          <p>{t('phone.scanText')}</p>
          <div className="qr">
            <QrCode text={link} label={t('phone.picture')} />
            <div className="qr-else">
              <a className="button button-secondary qr-open" href={link}>
                {t('phone.open')}
              </a>
              <Link link={link} />
            </div>
          </div>
        </li>
        <li>
          <h2>{t('phone.compare')}</h2>
          <Compare {...props} />
        </li>
      </ol>
    </Screen>
  )
}

function Link({ link }: { link: string }) {
  const { t } = useTranslation('portal')
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(link).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    )
  }
  return (
    <details className="by-hand">
      <summary>{t('phone.byHand')}</summary>
      <p>{t('phone.byHandText')}</p>
      <p className="key phone-link" dir="ltr" translate="no">
        {link}
      </p>
      <Button onPress={() => void copy()}>{isCopied ? t('phone.copied') : t('phone.copy')}</Button>
      <span className="visually-hidden" role="status">
        {isCopied && t('phone.copied')}
      </span>
    </details>
  )
}

function Compare(props: PhoneProps & { enrolment: PhoneEnrolment; onAgain: () => void }) {
  const { t } = useTranslation('portal')
  const { api, enrolment, guard } = props
  const [number, setNumber] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<JourneyError | null>(null)
  const isOver = error?.code === 'proof_refused' || error?.code === 'not_found'
  const submit = async () => {
    setIsMissing(!looksLikeNumber(number))
    if (!looksLikeNumber(number) || isBusy || isOver) return
    setIsBusy(true)
    setError(null)
    const answer = await guard(() => api.confirmPhone(enrolment.methodId, number.trim()))
    if (answer?.ok) await props.onDone(t('kind.push.added'))
    setError(answer === null || answer.ok ? null : answer.error)
    setIsBusy(false)
  }
  const complaint = isMissing
    ? t('phone.missing')
    : error?.code === 'wrong_state'
      ? t('phone.notYet')
      : error?.code === 'proof_refused'
        ? t('phone.refused')
        : error?.code === 'not_found'
          ? t('phone.over')
          : null
  return (
    <Form onSubmit={() => void submit()} complaint={complaint} isBusy={isBusy}>
      <NumberField
        name="number"
        label={t('phone.number')}
        description={t('phone.numberHint')}
        value={number}
        onChange={setNumber}
        isRequired
        error={complaint}
      />
      {error && complaint === null && <ErrorNotice error={error} />}
      <Actions>
        {isOver ? (
          <Button variant="primary" onPress={props.onAgain}>
            {t('begin')}
          </Button>
        ) : (
          <Button type="submit" variant="primary" isPending={isBusy}>
            {t('phone.submit')}
          </Button>
        )}
      </Actions>
    </Form>
  )
}
