import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { RepeatIcon } from '../../ui/icons.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { clockTime, timeOfDay, useSecondsLeft } from '../../ui/time.ts'
import { CodeForm } from '../CodeForm.tsx'
import { mailPatienceMs, useWait, Wait } from '../Wait.tsx'
import type { MailProps, SentMail } from './mail-props.ts'

/** The code that was mailed. */
export function MailCodeScreen(
  props: MailProps & {
    sent: SentMail
    error: JourneyError | null
    isBusy: boolean
    send: (to: string) => void
    onOther: () => void
  },
) {
  const { t } = useTranslation('portal')
  const { language } = useLanguage()
  const { sent } = props
  const confirm = async (code: string) => {
    const answer = await props.guard(() => props.api.confirm(sent.methodId, code))
    if (answer?.ok) await props.onDone(t('kind.email.added'))
    return answer === null || answer.ok ? null : answer.error
  }
  const until = timeOfDay(language, Date.parse(sent.expiresAt))
  return (
    <Screen
      key="code"
      title={t('mail.codeTitle')}
      intro={<SentTo address={sent.address} />}
      place={props.organisation}
      onBack={props.onOther}
    >
      {/* A newer code has an enrolment of its own, so its form begins with an empty field. */}
      <CodeForm
        key={sent.methodId}
        label={t('mail.code')}
        hint={t('mail.codeHint', { time: until })}
        submitLabel={t('mail.submit')}
        refusedText={t('mail.refused')}
        onCode={confirm}
        onBeginAgain={props.onOther}
      >
        <SendAgain {...props} />
      </CodeForm>
    </Screen>
  )
}

function SentTo({ address }: { address: string }) {
  const { t } = useTranslation('portal')
  const [before, after] = t('mail.codeIntro', { address: '\u0000' }).split('\u0000')
  return (
    <p>
      {before}
      <bdi className="address">{address}</bdi>
      {after}
    </p>
  )
}

function SendAgain(props: {
  sent: SentMail
  error: JourneyError | null
  isBusy: boolean
  send: (to: string) => void
}) {
  const { t } = useTranslation('portal')
  const tooSoon = useSecondsLeft(props.sent.sentAt + mailPatienceMs)
  const tooMany = useWait(props.error)
  const wait = Math.max(tooSoon ?? 0, tooMany ?? 0)
  return (
    <>
      <Button
        variant="quiet"
        icon={<RepeatIcon />}
        isDisabled={wait > 0}
        isPending={props.isBusy}
        onPress={() => props.send(props.sent.address)}
      >
        {wait > 0 ? t('mail.againIn', { time: clockTime(wait) }) : t('mail.again')}
      </Button>
      {props.error && (
        <ErrorNotice error={props.error}>
          <Wait seconds={tooMany} />
        </ErrorNotice>
      )}
    </>
  )
}
