import type { PhoneNumbers } from './ports/phone-numbers.ts'

/**
 * The number that the directory has for somebody, when a code could be sent there.
 *
 * @param mobile - as somebody typed it there
 */
export function textableNumber(
  { phoneNumbers }: { readonly phoneNumbers: PhoneNumbers },
  mobile: string | null,
): string | null {
  const read = mobile === null ? null : phoneNumbers.read(mobile)
  return read?.ok ? read.value.e164 : null
}
