import { Input } from 'react-aria-components/Input'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx'

export type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'search' | 'tel'
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
        {/* Numbers are read from left to right everywhere. */}
        <Input
          className="input"
          dir={props.type === 'tel' ? 'ltr' : 'auto'}
          autoCapitalize="none"
        />
      </FieldFrame>
    </AriaTextField>
  )
}
