import { Input } from 'react-aria-components/Input'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { FieldFrame, type FieldProps } from './field.tsx'

export type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'search'
  /** WCAG 1.3.5: the purpose of the field, e.g. `username` or `email`. */
  autoComplete?: string
  maxLength?: number
}

export function TextField(props: TextFieldProps) {
  return (
    <AriaTextField
      className="field"
      type={props.type ?? 'text'}
      name={props.name}
      value={props.value}
      onChange={props.onChange}
      isInvalid={Boolean(props.error)}
      isRequired={props.isRequired ?? false}
      isDisabled={props.isDisabled ?? false}
      validationBehavior="aria"
      autoComplete={props.autoComplete ?? 'off'}
      autoCorrect="off"
      spellCheck="false"
      {...(props.maxLength ? { maxLength: props.maxLength } : {})}
    >
      <FieldFrame {...props}>
        <Input className="input" dir="auto" autoCapitalize="none" />
      </FieldFrame>
    </AriaTextField>
  )
}
