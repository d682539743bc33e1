import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { RequestId } from '../../ui/ErrorNotice.tsx'
import { WarningIcon } from '../../ui/icons.tsx'
import { describeError } from '../../ui/problem.ts'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { clockTime, useSecondsLeft } from '../../ui/time.ts'
import { unbrokenNumbers } from '../../ui/unbroken-numbers.ts'
import { canGoBack } from '../journey.ts'
import { OldPasswordNotice } from '../OldPasswordNotice.tsx'
import type { StepProps } from '../step.ts'
import { remedyOf } from './remedies.ts'

/** It cannot go on like this: what happened, whether anything was changed, and the way out. */
export function FailureStep({ walk, walker, settings }: StepProps) {
  const { t: tUi } = useTranslation('ui')
  const { t: tError } = useTranslation('errors')
  if (walk.step.at !== 'failure') return null
  const { error } = walk.step.trouble
  const { title, text } = describeError(tError, error)
  return (
    <Screen
      title={title}
      intro={<p>{text}</p>}
      place={settings.organisation}
      onBack={canGoBack(walk) ? walker.back : undefined}
      above={
        <span className="seal seal-failure">
          <WarningIcon />
        </span>
      }
    >
      <OldPasswordNotice walk={walk} />
      {settings.helpdesk && (
        <dl className="contact">
          <dt>{tUi('helpdesk')}</dt>
          <dd>{unbrokenNumbers(settings.helpdesk)}</dd>
        </dl>
      )}
      <RequestId error={error} />
      <WaysOut walk={walk} walker={walker} settings={settings} />
    </Screen>
  )
}

function WaysOut({ walk, walker, settings }: StepProps) {
  const { t } = useTranslation('journey')
  const trouble = walk.step.at === 'failure' ? walk.step.trouble : null
  const seconds = useSecondsLeft(trouble?.until ?? null)
  if (!trouble) return null
  const { code } = trouble.error
  const remedy = remedyOf(trouble.error)
  // The new password may be valid: trying to sign in with it is the advice, so nothing is in the way.
  const leaveNow = code === 'not_confirmed' ? walker.leaveAnyway : walker.leave
  const leave = (
    <Button
      variant={remedy === 'helpdesk' ? 'primary' : 'secondary'}
      onPress={() => void leaveNow()}
    >
      {t(`leave.${settings.surface}`)}
    </Button>
  )
  const wait = seconds ? { isDisabled: true } : {}
  return (
    <Actions>
      {(remedy === 'here' || remedy === 'again') && (
        <Button
          variant="primary"
          isPending={walk.isBusy}
          onPress={() => void walker.retry()}
          {...wait}
        >
          {seconds ? t('tryAgainIn', { time: clockTime(seconds) }) : t('tryAgain')}
        </Button>
      )}
      {remedy === 'restart' && (
        <Button variant="primary" onPress={() => void walker.restart()}>
          {t('startAgain')}
        </Button>
      )}
      {leave}
      <p className="visually-hidden" role="status">
        {seconds === 0 && t('failure.waited')}
      </p>
    </Actions>
  )
}
