import { useCallback, useState } from 'react'
import type { EnrolledMethods, PortalSettings, SessionStatus } from '../contract/enrolment.ts'
import type { PortalApi } from './api/portal-api.ts'
import { AuthenticatorScreen } from './authenticator/AuthenticatorScreen.tsx'
import { LostScreen } from './lost/LostScreen.tsx'
import { MailScreen } from './mail/MailScreen.tsx'
import { MethodsScreen } from './methods/MethodsScreen.tsx'
import { PasskeyScreen } from './passkey/PasskeyScreen.tsx'
import { PhoneScreen } from './phone/PhoneScreen.tsx'
import { PhoneNumberScreen } from './phone-number/PhoneNumberScreen.tsx'
import { RecoveryCodesScreen } from './recovery-codes/RecoveryCodesScreen.tsx'
import { IdleWatch } from './session/IdleWatch.tsx'
import type { Departure } from './session/phase.ts'
import { placesToAdd, usePlace } from './session/use-place.ts'
import { useStepUp } from './session/use-step-up.ts'
import { StepUpScreen } from './step-up/StepUpScreen.tsx'

/** Everything that a signed-in user sees. */
export function SignedIn(props: {
  api: PortalApi
  settings: PortalSettings
  session: SessionStatus
  methods: EnrolledMethods
  onChanged: () => Promise<void>
  onLeave: (because: Departure) => void
  onSignOut: () => void
}) {
  const { api, settings, methods, session, onChanged, onLeave } = props
  const [place, go] = usePlace()
  const [news, setNews] = useState<string | null>(null)
  const { isAsking, settle, guard } = useStepUp(onLeave)
  const onOver = useCallback(() => {
    void api.signOut()
    onLeave('idle')
  }, [api, onLeave])
  const done = async (what: string) => {
    await onChanged()
    setNews(what)
    go('home')
  }
  const back = () => go('home')
  const shared = { api, guard, methods, organisation: settings.organisation }
  return (
    <>
      {isAsking && <StepUpScreen {...shared} onDone={settle} />}
      {/* Kept while a proof is asked for, with everything that was typed. */}
      <div hidden={isAsking}>
        {place === 'home' && (
          <MethodsScreen
            {...shared}
            session={session}
            news={news}
            onAdd={(kind) => {
              setNews(null)
              go(placesToAdd[kind] ?? 'home')
            }}
            onLost={() => go('lost')}
            onDone={done}
          />
        )}
        {place === 'lost' && <LostScreen {...shared} onBack={back} onDone={done} />}
        {place === 'passkey' && (
          <PasskeyScreen {...shared} kind="passkey" onBack={back} onDone={done} />
        )}
        {place === 'security-key' && (
          <PasskeyScreen {...shared} kind="securityKey" onBack={back} onDone={done} />
        )}
        {place === 'authenticator' && (
          <AuthenticatorScreen {...shared} onBack={back} onDone={done} />
        )}
        {place === 'phone' && <PhoneScreen {...shared} onBack={back} onDone={done} />}
        {place === 'number' && <PhoneNumberScreen {...shared} onBack={back} onDone={done} />}
        {place === 'mail' && <MailScreen {...shared} onBack={back} onDone={done} />}
        {place === 'recovery-codes' && (
          <RecoveryCodesScreen
            {...shared}
            helpdesk={settings.helpdesk}
            accountName={session.accountName}
            onBack={back}
            onDone={done}
          />
        )}
      </div>
      <IdleWatch
        api={api}
        expiresAt={Date.parse(session.expiresAt)}
        onLeave={props.onSignOut}
        onOver={onOver}
      />
    </>
  )
}
