import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import type { SentKind } from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { RepeatIcon } from '../../ui/icons.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { clockTime, timeOfDay, useSecondsLeft } from '../../ui/time.ts'
import type { PortalApi } from '../api/portal-api.ts'
import { CodeForm } from '../CodeForm.tsx'
import type { Guard } from '../session/use-step-up.ts'
import { mailPatienceMs, useWait, Wait } from '../Wait.tsx'

/** A code on its way to a mail address or a telephone number that is being set up. */
export type SentCode = {
  readonly methodId: string
  readonly expiresAt: string
  /** As people read it. */
  readonly address: string
  readonly sentAt: number
}

/** Where the words of each kind are. */
const wordsOf = { email: 'mail', sms: 'number' } as const satisfies Record<SentKind, string>

type Sending = {
  kind: SentKind
  sent: SentCode
  error: JourneyError | null
  isBusy: boolean
  send: (to: string) => void
}

/** The code that was sent, to be typed here. */
export function SentCodeScreen(
  props: Sending & {
    api: PortalApi
    guard: Guard
    organisation: string
    onOther: () => void
    onDone: (news: string) => Promise<void>
  },
) {
  const { t } = useTranslation('portal')
  const { language } = useLanguage()
  const { kind, sent } = props
  const words = wordsOf[kind]
  const confirm = async (code: string) => {
    const answer = await props.guard(() => props.api.confirm(sent.methodId, code))
    if (answer?.ok) await props.onDone(t(`kind.${kind}.added`))
    return answer === null || answer.ok ? null : answer.error
  }
  const until = timeOfDay(language, Date.parse(sent.expiresAt))
  return (
    <Screen
      key="code"
      title={t(`${words}.codeTitle`)}
      intro={
        <SentTo text={t(`${words}.codeIntro`, { address: '\u0000' })} address={sent.address} />
      }
      place={props.organisation}
      onBack={props.onOther}
    >
      {/* A newer code has an enrolment of its own, so its form begins with an empty field. */}
      <CodeForm
        key={sent.methodId}
        label={t(`${words}.code`)}
        hint={t(`${words}.codeHint`, { time: until })}
        submitLabel={t(`${words}.submit`)}
        refusedText={t(`${words}.refused`)}
        onCode={confirm}
        onBeginAgain={props.onOther}
      >
        <SendAgain {...props} />
      </CodeForm>
    </Screen>
  )
}

function SentTo({ text, address }: { text: string; address: string }) {
  const [before, after] = text.split('\u0000')
  return (
    <p>
      {before}
      <bdi className="address" dir="ltr">
        {address}
      </bdi>
      {after}
    </p>
  )
}

function SendAgain({ sent, error, isBusy, send }: Sending) {
  const { t } = useTranslation('portal')
  const tooSoon = useSecondsLeft(sent.sentAt + mailPatienceMs)
  const tooMany = useWait(error)
  const wait = Math.max(tooSoon ?? 0, tooMany ?? 0)
  return (
    <>
      <Button
        variant="quiet"
        icon={<RepeatIcon />}
        isDisabled={wait > 0}
        isPending={isBusy}
        onPress={() => send(sent.address)}
      >
        {wait > 0 ? t('mail.againIn', { time: clockTime(wait) }) : t('mail.again')}
      </Button>
      {error && (
        <ErrorNotice error={error}>
          <Wait seconds={tooMany} />
        </ErrorNotice>
      )}
    </>
  )
}
