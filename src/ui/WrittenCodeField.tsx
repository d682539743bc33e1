import { Input } from 'react-aria-components/Input'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx'

/**
 * One box for a code from paper: letters and digits in any case, with or without its hyphens. Nothing is
 * corrected or remembered, and on a phone the keyboard has letters.
 */
export function WrittenCodeField(props: FieldProps) {
  return (
    <AriaTextField {...fieldAttributes(props)} autoComplete="off" autoCorrect="off" maxLength={40}>
      <FieldFrame {...props}>
        <Input className="input input-code input-written" dir="ltr" autoCapitalize="characters" />
      </FieldFrame>
    </AriaTextField>
  )
}
