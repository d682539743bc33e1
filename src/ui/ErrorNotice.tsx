import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../contract/journey-bridge.ts'
import { Notice } from './Notice.tsx'
import { describeError } from './problem.ts'

/** An error in the page: the sentences for its code, and what helpdesk can search for. */
export function ErrorNotice({ error, children }: { error: JourneyError; children?: ReactNode }) {
  const { t } = useTranslation('errors')
  const { title, text } = describeError(t, error)
  return (
    <Notice tone="error" title={title}>
      <p>{text}</p>
      {children}
      <RequestId error={error} />
    </Notice>
  )
}

/** The line to read out to the helpdesk, when there is one. */
export function RequestId({ error }: { error: JourneyError }) {
  const { t } = useTranslation('ui')
  if (!error.requestId) return null
  const requestId = readable(error.requestId)
  return <p className="request-id">{t('requestId', { requestId })}</p>
}

/** Nobody reads a whole UUID out on the phone; its first part is enough to find the line in the log. */
function readable(requestId: string): string {
  return /^[0-9a-f]{8}(?=-[0-9a-f]{4}-)/.exec(requestId)?.[0] ?? requestId
}
