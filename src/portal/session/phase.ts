import type { EnrolledMethods, SessionStatus } from '../../contract/enrolment.ts'
import type { JourneyError } from '../../contract/journey-bridge.ts'

/** Why nobody is signed in; null when nobody was. */
export type Departure = 'idle' | 'ended' | 'left' | null

/** Where the page as a whole stands. */
export type Phase =
  | { readonly name: 'loading' }
  | { readonly name: 'failed'; readonly error: JourneyError }
  | { readonly name: 'signed-out'; readonly because: Departure }
  | {
      readonly name: 'signed-in'
      readonly session: SessionStatus
      readonly methods: EnrolledMethods
    }
