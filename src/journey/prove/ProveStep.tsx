import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecoveryView } from '../../contract/journey-bridge.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Form } from '../../ui/Form.tsx'
import { codeDigits, looksLikeCode, OneTimeCodeField } from '../../ui/OneTimeCodeField.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { useSecondsLeft } from '../../ui/time.ts'
import type { Trouble } from '../state.ts'
import type { StepProps } from '../step.ts'
import { Waiting } from '../Waiting.tsx'
import { kinds } from './kinds.ts'
import { SentCodeStatus } from './SentCodeStatus.tsx'
import { currentMethod } from './verify.ts'

/** Shows one method: a code from the app, or from the mail. */
export function ProveStep({ walk, walker, settings }: StepProps) {
  const { t } = useTranslation('journey')
  const [code, setCode] = useState('')
  const [complaint, setComplaint] = useState<'missing' | 'malformed' | null>(null)
  const secondsLeft = useSecondsLeft(walk.trouble?.until ?? null)
  const method = currentMethod(walk)
  if (!walk.recovery || !method) return null
  const { kind } = method
  const refusal = walk.trouble?.error.code === 'proof_refused' ? walk.trouble : null
  const mustWait = walk.trouble?.error.code === 'too_many_attempts' && Boolean(secondsLeft)
  const submit = () => {
    const found = looksLikeCode(code) ? null : code.trim() ? 'malformed' : 'missing'
    setComplaint(found)
    if (!found && !mustWait) void walker.verify(codeDigits(code))
  }
  return (
    <Screen
      title={t('prove.title', position(walk.recovery))}
      intro={<p>{t(`prove.help.${kind}`)}</p>}
      place={settings.organisation}
      onBack={walker.back}
    >
      {kinds[kind].isSent && (
        <SentCodeStatus walk={walk} methodId={method.methodId} walker={walker} />
      )}
      <Form onSubmit={submit} complaint={complaint ?? refusal} isBusy={walk.isBusy}>
        <OneTimeCodeField
          name="code"
          label={t(`prove.label.${kind}`)}
          value={code}
          onChange={setCode}
          isRequired
          error={
            complaint
              ? t(`prove.${complaint}`)
              : refusal && <Refusal kind={kind} trouble={refusal} />
          }
        />
        {walk.trouble && !refusal && (
          <ErrorNotice error={walk.trouble.error}>
            <Waiting seconds={secondsLeft} />
          </ErrorNotice>
        )}
        <Actions>
          <Button type="submit" variant="primary" isPending={walk.isBusy} isDisabled={mustWait}>
            {t('goOn')}
          </Button>
          <Button variant="quiet" onPress={walker.back}>
            {t('prove.other')}
          </Button>
        </Actions>
      </Form>
    </Screen>
  )
}

function Refusal({ kind, trouble }: { kind: 'totp' | 'email'; trouble: Trouble }) {
  const { t } = useTranslation('journey')
  const { attemptsLeft } = trouble.error
  return (
    <>
      {t(`prove.refused.${kind}`)}{' '}
      {attemptsLeft !== undefined && t('prove.attemptsLeft', { count: attemptsLeft })}
    </>
  )
}

/** The proof that is being shown now, and how many there will be. */
function position({ required, remaining }: RecoveryView): { position: number; count: number } {
  return { position: required - remaining + 1, count: required }
}
