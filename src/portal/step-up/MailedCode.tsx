import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod } from '../../contract/enrolment.ts'
import type { SentKind } from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { RepeatIcon } from '../../ui/icons.tsx'
import { methodIcons } from '../../ui/method-icons.ts'
import { Notice } from '../../ui/Notice.tsx'
import { clockTime, useSecondsLeft } from '../../ui/time.ts'
import type { PortalApi } from '../api/portal-api.ts'
import { useRequest } from '../session/use-request.ts'
import type { Guard } from '../session/use-step-up.ts'
import { mailPatienceMs, useWait, Wait } from '../Wait.tsx'

/** Sends a code when asked to, and then shows the form for it. */
export function MailedCode(props: {
  api: PortalApi
  guard: Guard
  method: EnrolledMethod
  kind: SentKind
  children: ReactNode
}) {
  const { t } = useTranslation('portal')
  const { kind } = props
  const { label, methodId } = props.method
  const KindIcon = methodIcons[kind]
  const [sentAt, setSentAt] = useState<number | null>(null)
  const { error, isBusy, send } = useRequest(props.guard)
  const tooSoon = useSecondsLeft(sentAt === null ? null : sentAt + mailPatienceMs)
  const tooMany = useWait(error)
  const wait = Math.max(tooSoon ?? 0, tooMany ?? 0)
  const mail = async () => {
    if (await send(() => props.api.challenge(methodId))) setSentAt(Date.now())
  }
  return (
    <>
      {sentAt === null ? (
        <p>{t(`stepUp.intros.${kind}`, { label })}</p>
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
          icon={sentAt === null ? <KindIcon /> : <RepeatIcon />}
          isPending={isBusy}
          isDisabled={wait > 0}
          onPress={() => void mail()}
        >
          {sentAt === null
            ? t(`stepUp.send.${kind}`)
            : wait > 0
              ? t('mail.againIn', { time: clockTime(wait) })
              : t('mail.again')}
        </Button>
      </div>
      {sentAt !== null && props.children}
    </>
  )
}
