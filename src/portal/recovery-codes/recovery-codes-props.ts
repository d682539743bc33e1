import type { EnrolledMethods, RecoveryCodesEnrolment } from '../../contract/enrolment.ts'
import type { PortalApi } from '../api/portal-api.ts'
import type { Guard } from '../session/use-step-up.ts'

export type RecoveryCodesProps = {
  api: PortalApi
  guard: Guard
  methods: EnrolledMethods
  organisation: string
  /** How to reach a person; may be empty. */
  helpdesk: string
  accountName: string
  onBack: () => void
  onDone: (news: string) => Promise<void>
}

/** A set that was made and has not been confirmed. It is nowhere but in this page. */
export type NewCodes = RecoveryCodesEnrolment & { readonly madeAt: number }
