import type { EmailEnrolment } from '../../contract/enrolment.ts'
import type { PortalApi } from '../api/portal-api.ts'
import type { Guard } from '../session/use-step-up.ts'

export type MailProps = {
  api: PortalApi
  guard: Guard
  organisation: string
  onBack: () => void
  onDone: (news: string) => Promise<void>
}

/** A code on its way to an address. */
export type SentMail = EmailEnrolment & { readonly address: string; readonly sentAt: number }
