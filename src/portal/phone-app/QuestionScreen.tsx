import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import type { PhoneAnswer, PhoneRequest } from '../../contract/push.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Form } from '../../ui/Form.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { looksLikeNumber, NumberField } from '../../ui/NumberField.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { clockTime, timeOfDay, useSecondsLeft } from '../../ui/time.ts'
import { clearNotifications } from './notifications.ts'
import type { PhoneApi } from './phone-api.ts'
import type { Told } from './ToldScreen.tsx'

/**
 * The question. SECURITY: there is no way to say yes without the number, and none to have it filled in:
 * whoever answers has the other screen in front of them.
 */
export function QuestionScreen(props: {
  api: PhoneApi
  organisation: string
  question: PhoneRequest
  onBusy: (isBusy: boolean) => void
  onTold: (told: Told) => void
}) {
  const { t } = useTranslation('phone')
  const { api, question } = props
  const [number, setNumber] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const [busy, setBusy] = useState<PhoneAnswer['decision'] | null>(null)
  const [error, setError] = useState<JourneyError | null>(null)
  const left = useSecondsLeft(Date.parse(question.expiresAt))
  const answer = async (say: PhoneAnswer) => {
    if (busy) return
    setBusy(say.decision)
    setError(null)
    props.onBusy(true)
    const heard = await api.answer(question.requestId, say)
    setBusy(null)
    void clearNotifications()
    props.onBusy(false)
    if (heard.ok) props.onTold(heard.value.outcome)
    else if (overCodes.includes(heard.error.code)) props.onTold('over')
    else setError(heard.error)
  }
  const submit = () => {
    setIsMissing(!looksLikeNumber(number))
    if (looksLikeNumber(number)) void answer({ decision: 'approve', number: number.trim() })
  }
  return (
    <Screen title={t('question.title')} intro={<p>{t(`question.purpose.${question.purpose}`)}</p>}>
      <p className="visually-hidden" role="status">
        {t('question.leftSpoken')}
      </p>
      <Facts organisation={props.organisation} question={question} />
      <Form onSubmit={submit} complaint={isMissing} isBusy={busy !== null}>
        <NumberField
          name="number"
          label={t('question.number')}
          description={t('question.numberHint')}
          value={number}
          onChange={setNumber}
          isRequired
          error={isMissing ? t('question.missing') : null}
        />
        {error && <ErrorNotice error={error} />}
        <Actions>
          <Button type="submit" variant="primary" isPending={busy === 'approve'}>
            {t('question.submit')}
          </Button>
          <Button
            variant="danger"
            isPending={busy === 'deny'}
            onPress={() => void answer({ decision: 'deny' })}
          >
            {t('question.deny')}
          </Button>
        </Actions>
      </Form>
      <p className="soft" aria-live="off">
        {left !== null && t('question.left', { time: clockTime(left) })}
      </p>
    </Screen>
  )
}

/** With these the question is over, whatever was answered. */
const overCodes: readonly string[] = [
  'not_found',
  'wrong_state',
  'recovery_expired',
  'recovery_locked',
]

/** What its owner can compare with where they are. */
function Facts({ organisation, question }: { organisation: string; question: PhoneRequest }) {
  const { t } = useTranslation('phone')
  const { language } = useLanguage()
  const time = timeOfDay(language, Date.parse(question.askedAt))
  const facts = [
    [t('question.account'), `${question.account} · ${organisation}`],
    [t('question.when'), t('question.now', { time })],
    [t('question.where'), question.place],
  ] as const
  return (
    <dl className="phone-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
