import { Input } from 'react-aria-components/Input'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx'

/**
 * One box for a code of six to eight digits: it can be pasted, filled in by the system and read by a
 * screen reader as one thing, which a row of single-digit boxes cannot.
 */
export function OneTimeCodeField(props: FieldProps) {
  return (
    <AriaTextField
      {...fieldAttributes(props)}
      autoComplete="one-time-code"
      inputMode="numeric"
      maxLength={16}
    >
      <FieldFrame {...props}>
        <Input className="input input-code" dir="ltr" />
      </FieldFrame>
    </AriaTextField>
  )
}

/** The digits of a code as people type it: spaces and dashes are for the eye. */
export function codeDigits(typed: string): string {
  return typed.replaceAll(/[\s-]/g, '')
}

/** Whether this could be a code at all, before anybody is asked. */
export function looksLikeCode(typed: string): boolean {
  return /^\d{6,8}$/.test(codeDigits(typed))
}
