import type { PortalApi } from '../api/portal-api.ts'
import type { Guard } from '../session/use-step-up.ts'

export type MailProps = {
  api: PortalApi
  guard: Guard
  organisation: string
  onBack: () => void
  onDone: (news: string) => Promise<void>
}
