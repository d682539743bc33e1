import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { Page } from '../ui/Page.tsx'
import { Actions, Screen } from '../ui/Screen.tsx'
import { Steps } from '../ui/Steps.tsx'
import type { PortalApi } from './api/portal-api.ts'
import { positionOf } from './methods/readiness.ts'
import { SignedIn } from './SignedIn.tsx'
import type { Phase } from './session/phase.ts'
import { usePhase } from './session/use-phase.ts'
import { SignInScreen } from './sign-in/SignInScreen.tsx'

/** The whole portal: signed out, signed in, or not to be shown. */
export function Portal({ api }: { api: PortalApi }) {
  const { t } = useTranslation('portal')
  const { settings, phase, begin, refresh, leave } = usePhase(api)
  const isFirst = useRef(true)
  useEffect(() => {
    if (phase.name !== 'loading') isFirst.current = false
  }, [phase])
  const signOut = useCallback(() => {
    void api.signOut()
    leave('left')
  }, [api, leave])
  return (
    <Page
      organisation={settings.organisation}
      helpdesk={settings.helpdesk}
      aside={<Progress phase={phase} />}
      tools={
        phase.name === 'signed-in' && (
          <Button variant="quiet" onPress={signOut}>
            {t('signOut')}
          </Button>
        )
      }
    >
      {phase.name === 'failed' && (
        <Screen title={t('failed.title')} place={settings.organisation}>
          <ErrorNotice error={phase.error} />
          <Actions>
            <Button variant="primary" onPress={() => void begin()}>
              {t('tryAgain')}
            </Button>
          </Actions>
        </Screen>
      )}
      {phase.name === 'signed-out' && (
        <SignInScreen
          key={phase.because}
          api={api}
          because={phase.because}
          organisation={settings.organisation}
          takesFocus={!isFirst.current}
          onSignedIn={() => refresh('ended')}
        />
      )}
      {phase.name === 'signed-in' && (
        <SignedIn
          api={api}
          settings={settings}
          session={phase.session}
          methods={phase.methods}
          onChanged={() => refresh('ended')}
          onLeave={leave}
          onSignOut={signOut}
        />
      )}
    </Page>
  )
}

/** The same walk beside every screen: sign in, one method, another one, ready. */
function Progress({ phase }: { phase: Phase }) {
  const { t } = useTranslation('portal')
  const methods = phase.name === 'signed-in' ? phase.methods : null
  const { current, count } = positionOf(methods)
  const names = ['first', 'second'] as const
  const between = Array.from({ length: count }, (_, index) =>
    t(`steps.${names[index] ?? 'another'}`),
  )
  return <Steps labels={[t('steps.signIn'), ...between, t('steps.ready')]} current={current} />
}
