import type { TFunction } from 'i18next'
import type { JourneyError } from '../contract/journey-bridge.ts'

/** The sentences for an error in the user's language: what happened, and what to do next. */
export function describeError(
  t: TFunction<'errors'>,
  error: Pick<JourneyError, 'code' | 'ineligible'>,
): { title: string; text: string } {
  if (error.code === 'account_not_eligible' && error.ineligible) {
    return {
      title: t(`ineligible.${error.ineligible}.title`),
      text: t(`ineligible.${error.ineligible}.text`),
    }
  }
  return { title: t(`code.${error.code}.title`), text: t(`code.${error.code}.text`) }
}
