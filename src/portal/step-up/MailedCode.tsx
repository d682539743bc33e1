import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod } from '../../contract/enrolment.ts'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { MailIcon, RepeatIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { clockTime, useSecondsLeft } from '../../ui/time.ts'
import type { PortalApi } from '../api/portal-api.ts'
import type { Guard } from '../session/use-step-up.ts'
import { useWait, Wait } from '../Wait.tsx'

const patience = 30_000

/** Sends a code when asked to, and then shows the form for it. */
export function MailedCode(props: {
  api: PortalApi
  guard: Guard
  method: EnrolledMethod
  children: ReactNode
}) {
  const { t } = useTranslation('portal')
  const { label, methodId } = props.method
  const [sentAt, setSentAt] = useState<number | null>(null)
  const [error, setError] = useState<JourneyError | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const tooSoon = useSecondsLeft(sentAt === null ? null : sentAt + patience)
  const tooMany = useWait(error)
  const wait = Math.max(tooSoon ?? 0, tooMany ?? 0)
  const send = async () => {
    setIsBusy(true)
    setError(null)
    const answer = await props.guard(() => props.api.challenge(methodId))
    setIsBusy(false)
    if (answer?.ok) setSentAt(Date.now())
    else if (answer) setError(answer.error)
  }
  return (
    <>
      {sentAt === null ? (
        <p>{t('stepUp.emailIntro', { label })}</p>
      ) : (
        <Notice tone="info" title={t('stepUp.sent', { label })} key={sentAt} />
      )}
      {error && (
        <ErrorNotice error={error}>
          <Wait seconds={tooMany} />
        </ErrorNotice>
      )}
      <div>
        <Button
          variant={sentAt === null ? 'primary' : 'quiet'}
          icon={sentAt === null ? <MailIcon /> : <RepeatIcon />}
          isPending={isBusy}
          isDisabled={wait > 0}
          onPress={() => void send()}
        >
          {sentAt === null
            ? t('stepUp.send')
            : wait > 0
              ? t('mail.againIn', { time: clockTime(wait) })
              : t('mail.again')}
        </Button>
      </div>
      {sentAt !== null && props.children}
    </>
  )
}
