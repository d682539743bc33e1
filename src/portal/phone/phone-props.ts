import type { EnrolledMethods } from '../../contract/enrolment.ts'
import type { PortalApi } from '../api/portal-api.ts'
import type { Guard } from '../session/use-step-up.ts'

export type PhoneProps = {
  api: PortalApi
  guard: Guard
  methods: EnrolledMethods
  organisation: string
  onBack: () => void
  onDone: (news: string) => Promise<void>
}
