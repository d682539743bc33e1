import { useTranslation } from 'react-i18next'
import type { SentKind } from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { RepeatIcon } from '../../ui/icons.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { methodIcons } from '../../ui/method-icons.ts'
import { clockTime, timeOfDay, useSecondsLeft } from '../../ui/time.ts'
import type { Walk } from '../state.ts'
import type { Walker } from '../walker.ts'

/** A mail needs a moment; asking again at once would only make the code on its way worthless. */
const patienceMs = 30_000

/** What is known about the code that was sent, and the way to another one. */
export function SentCodeStatus(props: {
  walk: Walk
  walker: Walker
  kind: SentKind
  methodId: string
}) {
  const { t } = useTranslation('journey')
  const { language } = useLanguage()
  const KindIcon = methodIcons[props.kind]
  const code = props.walk.sentCodes[props.methodId]
  const sent = code === 'asked' ? undefined : code
  const isSending = code === 'asked' && props.walk.isBusy
  const tooMany = props.walk.trouble?.error.code === 'too_many_codes' ? props.walk.trouble : null
  const wait = useSecondsLeft(tooMany?.until ?? (sent ? sent.sentAt + patienceMs : null))
  return (
    <div className="sent-code">
      <p role="status" className="sent-code-words">
        <KindIcon />
        <span>
          {isSending && t('prove.sending')}
          {sent && `${t(`prove.sent.${props.kind}`, { time: timeOfDay(language, sent.sentAt) })} `}
          {sent && t('prove.newest')}
        </span>
      </p>
      <Button
        variant="quiet"
        icon={<RepeatIcon />}
        isDisabled={Boolean(wait) || isSending}
        onPress={() => void props.walker.sendCode()}
      >
        {wait
          ? t('prove.resendIn', { time: clockTime(wait) })
          : sent || isSending
            ? t('prove.resend')
            : t('prove.send')}
      </Button>
    </div>
  )
}
