import { Input } from 'react-aria-components/Input'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx'

/** Two digits that another screen shows. Nothing fills it in: it is there to be compared. */
export function NumberField(props: FieldProps) {
  return (
    <AriaTextField {...fieldAttributes(props)} autoComplete="off" inputMode="numeric" maxLength={2}>
      <FieldFrame {...props}>
        <Input className="input input-code" dir="ltr" />
      </FieldFrame>
    </AriaTextField>
  )
}

/** Whether this could be such a number at all, before anybody is asked. */
export function looksLikeNumber(typed: string): boolean {
  return /^\d{2}$/.test(typed.trim())
}
