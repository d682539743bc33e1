import { isWrittenCode, normaliseWritten } from '../contract/written-code.ts'
import type { FieldProps } from './field.tsx'
import { codeDigits, looksLikeCode, OneTimeCodeField } from './OneTimeCodeField.tsx'
import { WrittenCodeField } from './WrittenCodeField.tsx'

/** Digits from an app, a mail or a message; or letters and digits from paper. */
export type CodeShape = 'digits' | 'written'

/** The field for a code of either shape. */
export function CodeField({ shape, ...props }: FieldProps & { shape: CodeShape }) {
  return shape === 'written' ? <WrittenCodeField {...props} /> : <OneTimeCodeField {...props} />
}

/** What was typed, cleaned of what is only for the eye, and what is wrong with it before anybody is asked. */
export function readCode(
  shape: CodeShape,
  typed: string,
): { code: string; complaint: 'missing' | 'malformed' | null } {
  const isWritten = shape === 'written'
  const code = isWritten ? normaliseWritten(typed) : codeDigits(typed)
  const isRight = isWritten ? isWrittenCode(code) : looksLikeCode(typed)
  return { code, complaint: isRight ? null : typed.trim() ? 'malformed' : 'missing' }
}
