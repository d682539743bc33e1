import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod } from '../../contract/enrolment.ts'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { Actions } from '../../ui/Screen.tsx'
import { TextField } from '../../ui/TextField.tsx'

/** Another name for one of the user's devices. */
export function RenameForm(props: {
  method: EnrolledMethod
  isBusy: boolean
  onName: (label: string) => void
  onCancel: () => void
}) {
  const { t } = useTranslation('portal')
  const [label, setLabel] = useState(props.method.label)
  const [isMissing, setIsMissing] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.querySelector('input')?.select(), [])
  const submit = () => {
    const name = label.trim()
    setIsMissing(name === '')
    if (name === props.method.label) props.onCancel()
    else if (name !== '' && !props.isBusy) props.onName(name)
  }
  return (
    <div className="own-method-name" ref={place}>
      <Form onSubmit={submit} complaint={isMissing}>
        <TextField
          name="new-label"
          label={t('rename.label', { label: props.method.label })}
          value={label}
          onChange={setLabel}
          maxLength={64}
          isRequired
          error={isMissing ? t('rename.missing') : null}
        />
        <Actions>
          <Button type="submit" variant="primary" isPending={props.isBusy}>
            {t('rename.save')}
          </Button>
          <Button variant="quiet" onPress={props.onCancel}>
            {t('rename.cancel')}
          </Button>
        </Actions>
      </Form>
    </div>
  )
}
