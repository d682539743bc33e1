import type {
  JourneyError,
  Outcome,
  Preparation,
  ProgressStep,
  RecoveryView,
} from '../contract/journey-bridge.ts'
import type { Purpose } from '../contract/recovery.ts'

/** Each screen of the walk. The folder of the same name draws it. */
export type Step =
  | { readonly at: 'account' }
  | { readonly at: 'methods' }
  | { readonly at: 'prove'; readonly methodId: string }
  | { readonly at: 'preparing' }
  | { readonly at: 'password' }
  | { readonly at: 'writing' }
  | { readonly at: 'done'; readonly outcome: Outcome }
  | {
      readonly at: 'failure'
      readonly trouble: Trouble
      readonly from: Stop
    }

/** A step that one can come back to after a failure. */
export type Stop = Exclude<Step, { at: 'done' | 'failure' }>

/** An error, and until when another try is pointless (milliseconds since epoch). */
export type Trouble = { readonly error: JourneyError; readonly until: number | null }

/**
 * What is known about the old password: `valid` until something was written, `unknown` when it went
 * wrong while it was being written, `replaced` once the directory holds a temporary one.
 */
export type OldPassword = 'valid' | 'unknown' | 'replaced'

/** A code that was asked for, or is on its way (milliseconds since epoch). */
export type SentCode =
  | 'asked'
  | {
      readonly sentAt: number
      readonly expiresAt: number
      /** To be typed on the phone, when that is how it is proven. */
      readonly number?: string
    }

/** Something that is asked before anything is lost. */
export type Question =
  | { readonly about: 'leaving' }
  | { readonly about: 'other_account'; readonly account: string; readonly purpose: Purpose }

export type Walk = {
  readonly step: Step
  /** Counts the screens entered, so that even the same one comes up empty when it is entered again. */
  readonly visit: number
  readonly account: string
  readonly purpose: Purpose
  readonly recovery: RecoveryView | null
  /** By method: nothing is sent twice because somebody went back and forth. */
  readonly sentCodes: Readonly<Record<string, SentCode>>
  readonly preparation: Preparation | null
  readonly oldPassword: OldPassword
  /** What the helper has reported in this step, in order of arrival. */
  readonly progress: readonly ProgressStep[]
  /** An answer is awaited. */
  readonly isBusy: boolean
  /** What went wrong with the last thing tried on this screen. */
  readonly trouble: Trouble | null
  readonly question: Question | null
  /** When the recovery ends, milliseconds since epoch; null when this clock cannot be trusted. */
  readonly deadline: number | null
}

export type WalkEvent =
  | { readonly type: 'asked'; readonly account?: string; readonly purpose?: Purpose }
  | { readonly type: 'started'; readonly recovery: RecoveryView; readonly now: number }
  | { readonly type: 'resumed' }
  | { readonly type: 'method_chosen'; readonly methodId: string }
  | { readonly type: 'code_asked'; readonly methodId: string }
  | { readonly type: 'code_sent'; readonly methodId: string; readonly code: SentCode }
  | { readonly type: 'not_shown' }
  | { readonly type: 'proven'; readonly methodId: string; readonly recovery: RecoveryView }
  | { readonly type: 'phone_answered'; readonly methodId: string; readonly recovery: RecoveryView }
  | { readonly type: 'continued' }
  | { readonly type: 'prepared'; readonly preparation: Preparation }
  | { readonly type: 'submitted' }
  | { readonly type: 'progressed'; readonly progress: ProgressStep }
  | { readonly type: 'written'; readonly outcome: Outcome }
  | { readonly type: 'refused'; readonly trouble: Trouble }
  | { readonly type: 'stumbled'; readonly at: Step['at']; readonly trouble: Trouble }
  | { readonly type: 'failed'; readonly trouble: Trouble }
  | { readonly type: 'retried' }
  | { readonly type: 'back' }
  | { readonly type: 'questioned'; readonly question: Question | null }
  | { readonly type: 'restarted'; readonly purpose: Purpose }
  | { readonly type: 'left' }

/** Where everybody begins. */
export function beginWalk(account = '', purpose: Purpose = 'reset'): Walk {
  return {
    step: { at: 'account' },
    visit: 0,
    account,
    purpose,
    recovery: null,
    sentCodes: {},
    preparation: null,
    oldPassword: 'valid',
    progress: [],
    isBusy: false,
    trouble: null,
    question: null,
    deadline: null,
  }
}

/** Enough is proven for what the policy asks. */
export function isProven(recovery: RecoveryView | null): boolean {
  return recovery !== null && recovery.remaining === 0
}

/** Leaving now would cost a proof, or leave somebody without any password. */
export function wouldLose(walk: Walk): boolean {
  if (walk.step.at === 'done') return false
  const hasProof = walk.recovery?.methods.some((method) => method.proven) ?? false
  return hasProof || walk.oldPassword !== 'valid'
}
