import { useTranslation } from 'react-i18next'
import type { JourneySettings, Outcome } from '../../contract/journey-bridge.ts'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { Named } from '../Named.tsx'
import type { StepProps } from '../step.ts'

/** It worked. What to do now? */
export function DoneStep({ walk, walker, settings }: StepProps) {
  const { t } = useTranslation('journey')
  if (walk.step.at !== 'done') return null
  const { outcome } = walk.step
  const isUnlock = outcome.mode === 'unlock'
  // Only a computer that stands at its login screen has to learn the password by itself.
  const mustLearn = outcome.mode === 'relay' && settings.surface !== 'browser'
  return (
    <Screen
      title={t(isUnlock ? 'done.titleUnlock' : 'done.title')}
      intro={
        mustLearn ? null : (
          <p>
            <Named
              text={t('done.intro', { account: outcome.accountName })}
              name={outcome.accountName}
            />
          </p>
        )
      }
      place={settings.organisation}
      above={
        <span className="seal">
          <CheckIcon />
        </span>
      }
    >
      {mustLearn && (
        <Notice tone="warning" title={t('done.relayTitle')} isQuiet>
          <p>{t('done.relay')}</p>
        </Notice>
      )}
      <WhatNow outcome={outcome} surface={settings.surface} mustLearn={mustLearn} />
      <Actions>
        <Button variant="primary" onPress={() => void walker.leaveAnyway()}>
          {t(`leave.${settings.surface}`)}
        </Button>
        {isUnlock && (
          <Button variant="quiet" onPress={() => void walker.restart('reset')}>
            {t('done.forgot')}
          </Button>
        )}
      </Actions>
    </Screen>
  )
}

function WhatNow({
  outcome,
  surface,
  mustLearn,
}: {
  outcome: Outcome
  surface: JourneySettings['surface']
  mustLearn: boolean
}) {
  const { t } = useTranslation('journey')
  const account = outcome.accountName
  const isUnlock = outcome.mode === 'unlock'
  return (
    <section className="what-now" aria-labelledby="what-now">
      <h2 id="what-now">{t('done.next')}</h2>
      <ol>
        {mustLearn && (
          <li>
            <p>{t('done.connect')}</p>
          </li>
        )}
        <li>
          <p>
            <Named
              text={t(`${isUnlock ? 'done.signInUnlock' : 'done.signIn'}.${surface}`, { account })}
              name={account}
            />
          </p>
        </li>
        {!isUnlock && (
          <li>
            <p>{t('done.devices')}</p>
          </li>
        )}
      </ol>
      <p className="soft">{t('done.told')}</p>
    </section>
  )
}
