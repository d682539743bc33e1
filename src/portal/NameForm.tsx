import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethods } from '../contract/enrolment.ts'
import type { JourneyError } from '../contract/journey-bridge.ts'
import { Form } from '../ui/Form.tsx'
import { TextField } from '../ui/TextField.tsx'
import { Submit } from './Submit.tsx'
import { useWait } from './Wait.tsx'

/** What a device is to be called, so that its owner can tell it from others. */
export function NameForm(props: {
  methods: EnrolledMethods
  /** Suggested, with a number when it is taken. */
  firstLabel: string
  missingText: string
  submitLabel: string
  error: JourneyError | null
  isBusy: boolean
  onName: (label: string) => void
  children?: ReactNode
}) {
  const { t } = useTranslation('portal')
  const [label, setLabel] = useState(() => freshLabel(props.firstLabel, props.methods))
  const [isMissing, setIsMissing] = useState(false)
  const seconds = useWait(props.error)
  const submit = () => {
    const name = label.trim()
    setIsMissing(name === '')
    if (name !== '' && !seconds && !props.isBusy) props.onName(name)
  }
  return (
    <Form onSubmit={submit} complaint={isMissing}>
      <TextField
        name="label"
        label={t('authenticator.name')}
        description={t('authenticator.nameHint')}
        value={label}
        onChange={setLabel}
        maxLength={64}
        isRequired
        error={isMissing ? props.missingText : null}
      />
      {props.children}
      <Submit
        label={props.submitLabel}
        error={props.error}
        seconds={seconds}
        isBusy={props.isBusy}
      />
    </Form>
  )
}

/** "My phone", "My phone 2" … whichever is free. */
function freshLabel(first: string, { methods }: EnrolledMethods): string {
  const taken = new Set(methods.map(({ label }) => label))
  let label = first
  for (let number = 2; taken.has(label); number += 1) label = `${first} ${number}`
  return label
}
