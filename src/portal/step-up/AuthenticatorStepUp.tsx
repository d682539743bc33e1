import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod } from '../../contract/enrolment.ts'
import type { AuthenticatorKind } from '../../contract/method-kinds.ts'
import { AuthenticatorFault } from '../../ui/AuthenticatorFault.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Actions } from '../../ui/Screen.tsx'
import { useCeremony } from '../../ui/use-ceremony.ts'
import type { PortalApi } from '../api/portal-api.ts'
import { Asking } from '../passkey/Asking.tsx'
import { useRequest } from '../session/use-request.ts'
import type { Guard } from '../session/use-step-up.ts'
import { useWait, Wait } from '../Wait.tsx'

/** Has a passkey or a security key that is set up already answer. */
export function AuthenticatorStepUp(props: {
  api: PortalApi
  guard: Guard
  method: EnrolledMethod
  kind: AuthenticatorKind
  onDone: (proven: boolean) => void
}) {
  const { t } = useTranslation('portal')
  const { error, fault, isAsking, isBusy, prove, stop } = useProof(props)
  const seconds = useWait(error)
  const isRefused = error?.code === 'proof_refused'
  return (
    <>
      {isAsking && <Asking kind={props.kind} onStop={stop} />}
      {fault && !isBusy && <AuthenticatorFault fault={fault} />}
      {isRefused && <Notice tone="error" title={t('stepUp.refusedAuthenticator')} />}
      {error && !isRefused && (
        <ErrorNotice error={error}>
          <Wait seconds={seconds} />
        </ErrorNotice>
      )}
      <Actions>
        <Button
          variant="primary"
          isPending={isBusy}
          isDisabled={Boolean(seconds)}
          onPress={() => void prove()}
        >
          {t('stepUp.submit')}
        </Button>
        <Button variant="quiet" onPress={() => props.onDone(false)}>
          {t('stepUp.cancel')}
        </Button>
      </Actions>
    </>
  )
}

function useProof(props: Parameters<typeof AuthenticatorStepUp>[0]) {
  const { api, guard, kind, method, onDone } = props
  const { methodId } = method
  const { error, isBusy, send } = useRequest(guard)
  const { fault, show, stop } = useCeremony()
  const [isAsking, setIsAsking] = useState(false)
  const prove = async () => {
    const asked = await send(() => api.challenge(methodId))
    if (!asked || !('options' in asked.value)) return
    setIsAsking(true)
    const response = await show(asked.value.options)
    setIsAsking(false)
    if (response === null) return
    if (await send(() => api.stepUp(methodId, { kind, response }))) onDone(true)
  }
  return { error, fault: error ? null : fault, isAsking, isBusy: isBusy || isAsking, prove, stop }
}
