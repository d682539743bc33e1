import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSentKind, type TypedKind } from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Form } from '../../ui/Form.tsx'
import { codeDigits, looksLikeCode, OneTimeCodeField } from '../../ui/OneTimeCodeField.tsx'
import { Actions } from '../../ui/Screen.tsx'
import { useSecondsLeft } from '../../ui/time.ts'
import type { Trouble, Walk } from '../state.ts'
import { Waiting } from '../Waiting.tsx'
import type { Walker } from '../walker.ts'
import { SentCodeStatus } from './SentCodeStatus.tsx'

/** A code that is typed: from an app, a mail, a message. */
export function TypedProof(props: {
  walk: Walk
  walker: Walker
  kind: TypedKind
  methodId: string
}) {
  const { t } = useTranslation('journey')
  const { walk, walker, kind, methodId } = props
  const [code, setCode] = useState('')
  const [complaint, setComplaint] = useState<'missing' | 'malformed' | null>(null)
  const secondsLeft = useSecondsLeft(walk.trouble?.until ?? null)
  const refusal = walk.trouble?.error.code === 'proof_refused' ? walk.trouble : null
  const mustWait = walk.trouble?.error.code === 'too_many_attempts' && Boolean(secondsLeft)
  const submit = () => {
    const found = looksLikeCode(code) ? null : code.trim() ? 'malformed' : 'missing'
    setComplaint(found)
    if (!found && !mustWait) void walker.verify(codeDigits(code))
  }
  return (
    <>
      {isSentKind(kind) && <SentCodeStatus walk={walk} methodId={methodId} walker={walker} />}
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
    </>
  )
}

function Refusal({ kind, trouble }: { kind: TypedKind; trouble: Trouble }) {
  const { t } = useTranslation('journey')
  const { attemptsLeft } = trouble.error
  return (
    <>
      {t(`prove.refused.${kind}`)}{' '}
      {attemptsLeft !== undefined && t('prove.attemptsLeft', { count: attemptsLeft })}
    </>
  )
}
