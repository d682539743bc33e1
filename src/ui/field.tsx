import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { ErrorIcon } from './icons.tsx'

/** What every field takes. `error` makes it invalid and is read with it. */
export type FieldProps = {
  label: string
  description?: ReactNode
  error?: ReactNode
  name: string
  value: string
  onChange: (value: string) => void
  isRequired?: boolean
  isDisabled?: boolean
}

/** What React Aria's text field is given whatever is typed into it. The page itself validates. */
export function fieldAttributes(props: FieldProps) {
  return {
    className: 'field',
    name: props.name,
    value: props.value,
    onChange: props.onChange,
    isInvalid: Boolean(props.error),
    isRequired: props.isRequired ?? false,
    isDisabled: props.isDisabled ?? false,
    validationBehavior: 'aria',
    spellCheck: 'false',
  } as const
}

/** Label, what helps, what is wrong, and then the box: in the order in which they are read. */
export function FieldFrame(
  props: Pick<FieldProps, 'label' | 'description' | 'error'> & { children: ReactNode },
) {
  return (
    <>
      <Label className="field-label">{props.label}</Label>
      {props.description && (
        <Text slot="description" className="field-description">
          {props.description}
        </Text>
      )}
      <FieldError className="field-error">
        <ErrorIcon />
        <span role="alert">{props.error}</span>
      </FieldError>
      {props.children}
    </>
  )
}
