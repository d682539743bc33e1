import { Input } from 'react-aria-components/Input'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx'

export type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'search'
  /** WCAG 1.3.5: the purpose of the field, e.g. `username` or `email`. */
  autoComplete?: string
  maxLength?: number
}

/** One line of text, taken exactly as it is typed: nothing is capitalised or corrected. */
export function TextField(props: TextFieldProps) {
  return (
    <AriaTextField
      {...fieldAttributes(props)}
      type={props.type ?? 'text'}
      autoComplete={props.autoComplete ?? 'off'}
      autoCorrect="off"
      {...(props.maxLength ? { maxLength: props.maxLength } : {})}
    >
      <FieldFrame {...props}>
        <Input className="input" dir="auto" autoCapitalize="none" />
      </FieldFrame>
    </AriaTextField>
  )
}
