import {
  type CountryCode,
  type NumberType,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import { err, ok } from '../../../contract/result.ts'
import type { PhoneNumbers } from '../../domain/ports/phone-numbers.ts'

export type PhoneNumberOptions = {
  /** Whose national numbers may be written without the calling code (ISO 3166-1); null: nobody's. */
  readonly defaultCountry: string | null
  /** Where text messages may go (ISO 3166-1). Empty: nowhere. */
  readonly countries: readonly string[]
}

/**
 * SECURITY: everything else is charged to whoever sends or calls (premium rate, shared cost), or is no
 * telephone in anybody's pocket. Unknown ones are let through: plans change faster than lists.
 */
const allowedTypes: ReadonlySet<NumberType | undefined> = new Set([
  'MOBILE',
  'FIXED_LINE_OR_MOBILE',
  undefined,
])

/** Telephone numbers by the numbering plans of libphonenumber. */
export function createPhoneNumbers(options: PhoneNumberOptions): PhoneNumbers {
  const countries = new Set<string | undefined>(options.countries)
  const { defaultCountry } = options
  return {
    read(text) {
      const number = parsePhoneNumberFromString(text, {
        // The whole text is a number, not one that is found somewhere in it.
        extract: false,
        ...(defaultCountry === null ? {} : { defaultCountry: defaultCountry as CountryCode }),
      })
      if (number === undefined || number.ext !== undefined || !number.isValid()) {
        return err({ code: 'malformed' })
      }
      if (!countries.has(number.country) || !allowedTypes.has(number.getType())) {
        return err({ code: 'not_allowed' })
      }
      const { countryCallingCode: prefix, number: e164 } = number
      return ok({ e164, prefix, readable: number.formatInternational() })
    },
    mask: ({ e164, prefix }) => `+${prefix} ••• ••${e164.slice(-2)}`,
  }
}
