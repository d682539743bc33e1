import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSentKind, isWrittenKind, type TypedKind } from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeField, readCode } from '../../ui/CodeField.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Form } from '../../ui/Form.tsx'
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
  const shape = isWrittenKind(kind) ? 'written' : 'digits'
  const [code, setCode] = useState('')
  const [complaint, setComplaint] = useState<'missing' | 'malformed' | null>(null)
  const secondsLeft = useSecondsLeft(walk.trouble?.until ?? null)
  const refusal = walk.trouble?.error.code === 'proof_refused' ? walk.trouble : null
  const mustWait = walk.trouble?.error.code === 'too_many_attempts' && Boolean(secondsLeft)
  const submit = () => {
    const read = readCode(shape, code)
    setComplaint(read.complaint)
    if (!read.complaint && !mustWait) void walker.verify(read.code)
  }
  return (
    <>
      {isSentKind(kind) && (
        <SentCodeStatus walk={walk} walker={walker} kind={kind} methodId={methodId} />
      )}
      <Form onSubmit={submit} complaint={complaint ?? refusal} isBusy={walk.isBusy}>
        <CodeField
          shape={shape}
          name="code"
          label={t(`prove.label.${kind}`)}
          value={code}
          onChange={setCode}
          isRequired
          error={
            complaint
              ? complaintText(t, kind, complaint)
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

function complaintText(
  t: ReturnType<typeof useTranslation<'journey'>>['t'],
  kind: TypedKind,
  complaint: 'missing' | 'malformed',
): string {
  const isMistyped = complaint === 'malformed' && isWrittenKind(kind)
  return isMistyped ? t(`prove.mistyped.${kind}`) : t(`prove.${complaint}`)
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
