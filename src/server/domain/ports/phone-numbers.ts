import type { Result } from '../../../contract/result.ts'

/** A telephone number that codes may be sent to. */
export type PhoneNumber = {
  /** E.164: `+491701234567`. */
  readonly e164: string
  /** As people read it: `+49 170 1234567`. */
  readonly readable: string
  /** The calling code, without the plus sign: what an operator charges by. */
  readonly prefix: string
}

/**
 * `malformed`: not a number that exists. `not_allowed`: of a country that the organisation does not
 * send to, or of a sort that receives no text messages or charges for them.
 */
export type PhoneNumberFault = { readonly code: 'malformed' | 'not_allowed' }

/** Telephone numbers, with the numbering plans of the world behind them. */
export interface PhoneNumbers {
  /**
   * What a typed or stored number means, when codes may be sent there.
   *
   * @param text - international, or national in the organisation's own country
   */
  read(text: string): Result<PhoneNumber, PhoneNumberFault>
  /** What the owner recognises and a glance over the shoulder does not give away: `+49 ••• ••12`. */
  mask(number: PhoneNumber): string
}
