import type { PhoneState } from '../../../contract/push.ts'
import type { PushRequestRecord } from '../ports/push-requests.ts'

/** What the screen that shows the number is told. Nothing says whether anybody was asked for it. */
export function phoneStateOf({ state, expiresAt }: PushRequestRecord, now: number): PhoneState {
  if (state === 'pending') return now < expiresAt ? 'waiting' : 'expired'
  return state === 'used' ? 'expired' : state
}
