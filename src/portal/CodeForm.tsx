import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../contract/journey-bridge.ts'
import { Button } from '../ui/Button.tsx'
import { CodeField, type CodeShape, readCode } from '../ui/CodeField.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { Form } from '../ui/Form.tsx'
import { Actions } from '../ui/Screen.tsx'
import { useWait, Wait } from './Wait.tsx'

/** A one-time code with everything that can be said about it: missing, malformed, wrong, too often. */
export function CodeForm(props: {
  label: string
  hint?: string
  /** Default: digits. */
  shape?: CodeShape
  submitLabel: string
  /** What to do about a wrong code, in words for this kind of code. */
  refusedText: string
  /** Answers what went wrong, or null. */
  onCode: (code: string) => Promise<JourneyError | null>
  /** Offered when no try is left. */
  onBeginAgain?: () => void
  /** More buttons beside the first one. */
  children?: ReactNode
}) {
  const { t } = useTranslation('portal')
  const { shape = 'digits' } = props
  const [code, setCode] = useState('')
  const [complaint, setComplaint] = useState<'missing' | 'malformed' | null>(null)
  const [error, setError] = useState<JourneyError | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const seconds = useWait(error)
  const refused = error?.code === 'proof_refused' ? error : null
  const submit = async () => {
    const read = readCode(shape, code)
    setComplaint(read.complaint)
    if (read.complaint || seconds || isBusy) return
    setIsBusy(true)
    setError(null)
    setError(await props.onCode(read.code))
    setIsBusy(false)
  }
  const isOver = error?.code === 'not_found' || refused?.attemptsLeft === 0
  return (
    <Form onSubmit={() => void submit()} complaint={complaint ?? refused}>
      <CodeField
        shape={shape}
        name="code"
        label={props.label}
        description={props.hint}
        value={code}
        onChange={setCode}
        isRequired
        error={
          complaint
            ? t(complaintKey(shape, complaint))
            : refused && refusal(t, props.refusedText, refused)
        }
      />
      {error && !refused && (
        <ErrorNotice error={error}>
          <Wait seconds={seconds} />
        </ErrorNotice>
      )}
      <Actions>
        {isOver && props.onBeginAgain ? (
          <Button variant="primary" onPress={props.onBeginAgain}>
            {t('begin')}
          </Button>
        ) : (
          <Button type="submit" variant="primary" isPending={isBusy} isDisabled={Boolean(seconds)}>
            {props.submitLabel}
          </Button>
        )}
        {props.children}
      </Actions>
    </Form>
  )
}

function complaintKey(shape: CodeShape, complaint: 'missing' | 'malformed') {
  const isMistyped = complaint === 'malformed' && shape === 'written'
  return isMistyped ? 'code.mistyped' : (`code.${complaint}` as const)
}

function refusal(
  t: ReturnType<typeof useTranslation<'portal'>>['t'],
  text: string,
  { attemptsLeft }: JourneyError,
): string {
  if (attemptsLeft === undefined) return text
  const left = t('attemptsLeft', { count: attemptsLeft })
  return attemptsLeft === 0 ? left : `${text} ${left}`
}
