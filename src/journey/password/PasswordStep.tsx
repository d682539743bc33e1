import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordRules } from '../../contract/password-rules.ts'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { canGoBack } from '../journey.ts'
import { Named } from '../Named.tsx'
import { OldPasswordNotice } from '../OldPasswordNotice.tsx'
import type { StepProps } from '../step.ts'
import { RefusedNotice } from './RefusedNotice.tsx'
import { Rules } from './Rules.tsx'
import { PasswordStrength } from './StrengthMeter.tsx'
import { Suggestion } from './Suggestion.tsx'
import { usePassword } from './use-password.ts'
import { wordsToGuess } from './words-to-guess.ts'

/** Choose a new password that is accepted the first time. */
export function PasswordStep(props: StepProps) {
  const { t } = useTranslation('journey')
  const { walk, walker, settings } = props
  const { preparation } = walk
  if (!preparation || preparation.mode === 'unlock') return null
  return (
    <Screen
      title={t(walk.trouble ? 'password.titleAgain' : 'password.title')}
      intro={
        <p>
          <Named
            text={t('password.intro', { account: preparation.accountName })}
            name={preparation.accountName}
          />
        </p>
      }
      place={settings.organisation}
      onBack={canGoBack(walk) ? walker.back : undefined}
    >
      {walk.trouble ? (
        <RefusedNotice walk={walk} rules={preparation.rules} />
      ) : (
        <OldPasswordNotice walk={walk} />
      )}
      {preparation.mode === 'relay' && (
        <Notice tone="info" title={t('password.relayTitle')} isQuiet>
          <p>{t('password.relay')}</p>
        </Notice>
      )}
      <PasswordForm {...props} rules={preparation.rules} />
    </Screen>
  )
}

function PasswordForm(props: StepProps & { rules: PasswordRules }) {
  const { walk, walker, rules, settings } = props
  const { t } = useTranslation('journey')
  const ownWords = useOwnWords(rules, walk.account, settings.organisation)
  const entry = usePassword(rules, walker.checkLeaked)
  const { complaint, isShown } = entry
  const complaintOf = (field: 'password' | 'repeat') =>
    complaint?.field === field ? t(`password.${complaint.about}`) : null
  const take = (phrase: string) => {
    entry.take(phrase)
    document.querySelector<HTMLInputElement>('[name="new-password"]')?.focus()
  }
  const submit = async () => {
    if (await entry.check()) await walker.setPassword(entry.password)
  }
  const isBusy = walk.isBusy || entry.isChecking
  return (
    <Form onSubmit={() => void submit()} complaint={complaint} isBusy={isBusy}>
      {/* Tells a password manager whose new password this is. */}
      <input type="text" autoComplete="username" value={walk.account} readOnly hidden />
      <Suggestion rules={rules} onUse={take} />
      <PasswordField
        name="new-password"
        label={t('password.label')}
        value={entry.password}
        onChange={entry.type}
        onLeave={entry.leave}
        autoComplete="new-password"
        isShown={isShown}
        onShownChange={entry.show}
        isRequired
        error={complaintOf('password')}
      />
      <PasswordStrength
        password={entry.password}
        ownWords={ownWords}
        isLeaked={entry.leak === 'leaked'}
      />
      <Rules
        rules={rules}
        checks={entry.checks}
        leak={entry.leak}
        isEmpty={entry.password === ''}
        isComplaint={complaint?.field === 'password' && complaint.about !== 'missing'}
      />
      {!isShown && (
        <PasswordField
          name="repeat-password"
          label={t('password.repeat')}
          description={t('password.repeatHelp')}
          value={entry.repeat}
          onChange={entry.typeRepeat}
          autoComplete="new-password"
          isShown={false}
          isRequired
          error={complaintOf('repeat')}
        />
      )}
      <Actions>
        <Button type="submit" variant="primary" isPending={isBusy}>
          {t('password.submit')}
        </Button>
      </Actions>
    </Form>
  )
}

/** What others would try first: who they are, where they work. The same list as long as nothing changes. */
function useOwnWords(rules: PasswordRules, account: string, organisation: string) {
  return useMemo(() => wordsToGuess(rules, account, organisation), [rules, account, organisation])
}
