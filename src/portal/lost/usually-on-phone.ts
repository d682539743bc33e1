import type { EnrolledMethod } from '../../contract/enrolment.ts'
import type { MethodKind } from '../../contract/method-kinds.ts'

const phoneKinds: readonly MethodKind[] = ['push', 'totp', 'sms']

/** What most likely went with a phone, by the ids of the methods: the guess that people start from. */
export function usuallyOnPhone(methods: readonly EnrolledMethod[]): string[] {
  return methods.filter(({ kind }) => phoneKinds.includes(kind)).map(({ methodId }) => methodId)
}
