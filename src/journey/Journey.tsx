import { Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyBridge, JourneySettings } from '../contract/journey-bridge.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Page } from '../ui/Page.tsx'
import { Actions, Screen } from '../ui/Screen.tsx'
import { Steps } from '../ui/Steps.tsx'
import { Deadline } from './Deadline.tsx'
import { canGoBack } from './journey.ts'
import { type Step, type Walk, wouldLose } from './state.ts'
import type { StepProps } from './step.ts'
import { fetchAhead, LeaveDialog, steps } from './steps.ts'
import { createWalker } from './walker.ts'
import './styles.css'

/**
 * The whole walk from "who are you" to "sign in now". Wrap it in a `LanguageProvider` whose
 * translations were made with `journeyTexts`.
 *
 * @param bridge - the world around it; it must stay the same object
 * @param settings - from `loadSettings(bridge)`
 */
export function Journey({
  bridge,
  settings,
}: {
  bridge: JourneyBridge
  settings: JourneySettings
}) {
  const { t } = useTranslation('journey')
  const [walker] = useState(() => createWalker(bridge, undefined, settings.blockedBy))
  const walk = useSyncExternalStore(walker.subscribe, walker.read)
  const expire = useCallback(() => void walker.expire(), [walker])
  useEffect(() => walker.listen(), [walker])
  useEffect(() => fetchAheadWhenIdle(walk.step.at), [walk.step.at])
  useEscape(canGoBack(walk) && walk.question === null, walker.back)
  useWarningBeforeUnload(settings.surface === 'browser' && wouldLose(walk))
  const props: StepProps = { walk, walker, settings }
  const Step = steps[walk.step.at]
  const canLeave = walk.step.at !== 'writing' && walk.step.at !== 'done'
  return (
    <Page
      organisation={settings.organisation}
      helpdesk={settings.helpdesk}
      aside={<WhereYouAre walk={walk} />}
      tools={
        canLeave && (
          <Button variant="quiet" onPress={() => void walker.leave()}>
            {t(`leave.${settings.surface}`)}
          </Button>
        )
      }
    >
      <Deadline deadline={isTimed(walk) ? walk.deadline : null} onOver={expire} />
      <ErrorBoundary fallback={<Broken settings={settings} bridge={bridge} />}>
        <Suspense>
          <Step key={walk.visit} {...props} />
          {walk.question && <LeaveDialog {...props} />}
        </Suspense>
      </ErrorBoundary>
    </Page>
  )
}

/** When a screen itself fails, which should never happen: still a way out, and a person to call. */
function Broken({ settings, bridge }: { settings: JourneySettings; bridge: JourneyBridge }) {
  const { t } = useTranslation('journey')
  const { t: tError } = useTranslation('errors')
  return (
    <Screen title={tError('code.internal.title')} place={settings.organisation}>
      <p>{tError('code.internal.text')}</p>
      <Actions>
        <Button variant="primary" onPress={() => location.reload()}>
          {t('startAgain')}
        </Button>
        <Button onPress={() => void bridge.leave()}>{t(`leave.${settings.surface}`)}</Button>
      </Actions>
    </Screen>
  )
}

function isTimed(walk: Walk): boolean {
  return walk.step.at !== 'writing' && walk.step.at !== 'done' && walk.step.at !== 'failure'
}

const places: Record<Exclude<Step['at'], 'failure'>, number> = {
  account: 0,
  methods: 1,
  prove: 1,
  preparing: 2,
  password: 2,
  writing: 2,
  done: 3,
}

function WhereYouAre({ walk }: { walk: Walk }) {
  const { t } = useTranslation('journey')
  const at = walk.step.at === 'failure' ? walk.step.from.at : walk.step.at
  const third = walk.purpose === 'unlock' ? t('steps.unlock') : t('steps.password')
  const labels = [t('steps.account'), t('steps.prove'), third, t('steps.done')]
  return <Steps labels={labels} current={places[at]} />
}

/** Escape goes back, unless it would throw away what somebody has typed. */
function useEscape(canGoBack: boolean, back: () => void): void {
  useEffect(() => {
    if (!canGoBack) return
    const listen = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement && event.target.value !== ''
      if (event.key === 'Escape' && !event.defaultPrevented && !isTyping) back()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [canGoBack, back])
}

/** After the screen has been painted, so that it never waits for what comes later. */
function fetchAheadWhenIdle(at: Step['at']): () => void {
  const waiting = setTimeout(() => fetchAhead(at), 250)
  return () => clearTimeout(waiting)
}

/** In a browser the user can leave by closing the tab; then the browser asks for us. */
function useWarningBeforeUnload(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isNeeded])
}
