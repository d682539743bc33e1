import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethods } from '../../contract/enrolment.ts'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import type { AuthenticatorKind } from '../../contract/method-kinds.ts'
import type { CeremonyFault } from '../../ui/authenticator.ts'
import { useCeremony } from '../../ui/use-ceremony.ts'
import type { PortalApi } from '../api/portal-api.ts'
import { useRequest } from '../session/use-request.ts'
import type { Guard } from '../session/use-step-up.ts'

export type PasskeyProps = {
  api: PortalApi
  guard: Guard
  methods: EnrolledMethods
  organisation: string
  onBack: () => void
  onDone: (news: string) => Promise<void>
}

/** From a name to a method that counts: ask the backend, have the authenticator answer, bring it back. */
export function useRegistration({ api, guard, onDone }: PasskeyProps, kind: AuthenticatorKind) {
  const { t } = useTranslation('portal')
  const { error, isBusy, send } = useRequest(guard)
  const ceremony = useCeremony()
  const [isAsking, setIsAsking] = useState(false)
  const register = async (label: string) => {
    const begun = await send(() => api.addAuthenticator(kind, label))
    if (!begun) return
    setIsAsking(true)
    const response = await ceremony.register(begun.value.options)
    setIsAsking(false)
    if (response === null) return
    const { methodId } = begun.value
    const confirmed = await send(() => api.confirmAuthenticator(methodId, response))
    if (confirmed) await onDone(t(`kind.${kind}.added`))
  }
  return {
    ...told(error, ceremony.fault),
    ...{ isAsking, isBusy: isBusy || isAsking, register, stop: ceremony.stop },
  }
}

/** What the backend did not accept was nothing that anybody has typed. */
function told(
  error: JourneyError | null,
  fault: CeremonyFault | null,
): { error: JourneyError | null; fault: CeremonyFault | null } {
  if (error?.code === 'proof_refused' || error?.code === 'not_found') {
    return { error: null, fault: 'failed' }
  }
  return { error, fault: error ? null : fault }
}
