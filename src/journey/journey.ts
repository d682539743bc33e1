import {
  type JourneyErrorCode,
  type Outcome,
  type Preparation,
  type ProgressStep,
  type RecoveryView,
  refusalsBeforeWriting,
} from '../contract/journey-bridge.ts'
import type { RefusalReason } from '../contract/problems.ts'
import type { Purpose } from '../contract/recovery.ts'
import { remedyOf } from './failure/remedies.ts'
import {
  beginWalk,
  isProven,
  type OldPassword,
  type SentCode,
  type Step,
  type Stop,
  type Trouble,
  type Walk,
  type WalkEvent,
} from './state.ts'

/**
 * What happens next, decided without any effect. An event that does not fit where the walk stands,
 * such as an answer that arrives after somebody has gone back, changes no screen.
 */
export function walkOn(walk: Walk, event: WalkEvent): Walk {
  switch (event.type) {
    case 'asked':
      return asked(walk, event)
    case 'started':
      return started(walk, event.recovery, event.now)
    case 'resumed':
      return walk.step.at === 'account' && walk.recovery ? enter(walk, { at: 'methods' }) : walk
    case 'method_chosen':
      return methodChosen(walk, event.methodId)
    case 'code_asked':
      return asked({ ...walk, sentCodes: { ...walk.sentCodes, [event.methodId]: 'asked' } }, {})
    case 'code_sent':
      return codeSent(walk, event.methodId, event.code)
    case 'phone_answered':
      return phoneAnswered(walk, event.recovery)
    case 'not_shown':
      return rest(walk, {})
    case 'proven':
      return proven(walk, event.methodId, event.recovery)
    case 'continued':
      return continued(walk)
    case 'prepared':
      return prepared(walk, event.preparation)
    case 'submitted':
      return walk.step.at === 'password' ? enter(walk, { at: 'writing' }) : walk
    case 'progressed':
      return progressed(walk, event.progress)
    case 'written':
      return written(walk, event.outcome)
    case 'refused':
      return refused(walk, event.trouble)
    case 'stumbled':
      return walk.step.at === event.at ? rest(walk, { trouble: event.trouble }) : rest(walk, {})
    case 'failed':
      return failed(walk, event.trouble)
    case 'retried':
      return retried(walk)
    case 'back':
      return back(walk)
    case 'questioned':
      return { ...walk, question: event.question }
    case 'restarted':
      return restarted(walk, event.purpose)
    case 'left':
      return enter({ ...beginWalk(), visit: walk.visit }, { at: 'account' })
  }
}

/** Whether there is a screen to go back to. Never from one where something is being written. */
export function canGoBack(walk: Walk): boolean {
  return back(walk).step !== walk.step
}

/** Enters a screen with nothing left over from the last one. */
function enter(walk: Walk, step: Step): Walk {
  return { ...walk, step, visit: walk.visit + 1, isBusy: false, trouble: null, progress: [] }
}

/** Stays on the screen; whatever was awaited has come. */
function rest(walk: Walk, change: Partial<Walk>): Walk {
  return { ...walk, isBusy: false, trouble: null, ...change }
}

function asked(
  walk: Walk,
  { account = walk.account, purpose = walk.purpose }: { account?: string; purpose?: Purpose },
): Walk {
  // What is known of one person's old password says nothing about another's.
  const oldPassword = account === walk.account ? walk.oldPassword : 'valid'
  return { ...walk, account, purpose, oldPassword, isBusy: true, trouble: null }
}

const trustedLifetimeMs = { least: 60_000, most: 3_600_000 }

function started(walk: Walk, recovery: RecoveryView, now: number): Walk {
  const isStarting =
    walk.step.at === 'failure' ? walk.step.from.at === 'account' : walk.step.at === 'account'
  if (!isStarting) return walk
  const expiresAt = Date.parse(recovery.expiresAt)
  const lifetime = expiresAt - now
  // A clock that is hours off must not end a recovery that is alive: then only the backend tells.
  const isTrusted = lifetime >= trustedLifetimeMs.least && lifetime <= trustedLifetimeMs.most
  const fresh = { ...walk, recovery, sentCodes: {}, preparation: null, question: null }
  const next = isProven(recovery) ? 'preparing' : 'methods'
  return { ...enter(fresh, { at: next }), deadline: isTrusted ? expiresAt : null }
}

function methodChosen(walk: Walk, methodId: string): Walk {
  const method = walk.recovery?.methods.find((one) => one.methodId === methodId)
  if (walk.step.at !== 'methods' || !method || method.proven) return walk
  return enter(walk, { at: 'prove', methodId })
}

function proven(walk: Walk, methodId: string, recovery: RecoveryView): Walk {
  if (!walk.recovery || isOlder(recovery, walk.recovery)) return rest(walk, {})
  const known = { ...walk, recovery }
  const isHere = walk.step.at === 'prove' && walk.step.methodId === methodId
  return isHere ? enter(known, afterProof(recovery)) : rest(known, {})
}

/**
 * An answer that knows of fewer proofs is an old one. How many remain says nothing: with the first proof
 * it may have become more, since only then the backend says what is asked of this very person. Once it
 * was enough, it stays so.
 */
function isOlder(recovery: RecoveryView, known: RecoveryView): boolean {
  if (isProven(known) && !isProven(recovery)) return true
  const count = ({ methods }: RecoveryView) => methods.filter(({ proven }) => proven).length
  return count(recovery) < count(known)
}

function codeSent(walk: Walk, methodId: string, code: SentCode): Walk {
  const sentCodes = { ...walk.sentCodes, [methodId]: code }
  // What the phone has said was about another number.
  const isNumber = code !== 'asked' && code.number !== undefined && walk.recovery !== null
  const recovery = isNumber ? { recovery: { ...walk.recovery, phone: 'waiting' as const } } : {}
  return rest(walk, { sentCodes, ...(recovery as Partial<Walk>) })
}

/** What is being typed or awaited on another screen meanwhile goes on. */
function phoneAnswered(walk: Walk, recovery: RecoveryView): Walk {
  if (!walk.recovery || isOlder(recovery, walk.recovery)) return walk
  return { ...walk, recovery }
}

/** With one way left there is nothing to choose. */
function afterProof(recovery: RecoveryView): Step {
  if (isProven(recovery)) return { at: 'preparing' }
  const [first, second] = recovery.methods.filter((method) => !method.proven)
  return first && !second ? { at: 'prove', methodId: first.methodId } : { at: 'methods' }
}

function continued(walk: Walk): Walk {
  if (walk.step.at !== 'methods' || !isProven(walk.recovery)) return walk
  return enter(walk, { at: walk.preparation ? 'password' : 'preparing' })
}

function prepared(walk: Walk, preparation: Preparation): Walk {
  if (walk.step.at !== 'preparing' || !isProven(walk.recovery)) return walk
  const next = preparation.mode === 'unlock' ? 'writing' : 'password'
  return enter({ ...walk, preparation }, { at: next })
}

function progressed(walk: Walk, progress: ProgressStep): Walk {
  if (walk.step.at !== 'preparing' && walk.step.at !== 'writing') return walk
  if (walk.progress.includes(progress)) return walk
  return { ...walk, progress: [...walk.progress, progress] }
}

function written(walk: Walk, outcome: Outcome): Walk {
  if (walk.step.at !== 'writing') return walk
  const over = { ...beginWalk(walk.account, walk.purpose), visit: walk.visit }
  return enter(over, { at: 'done', outcome })
}

function refused(walk: Walk, trouble: Trouble): Walk {
  if (walk.step.at !== 'writing' || walk.purpose === 'unlock') return walk
  const { code, refused = [] } = trouble.error
  // Our own rules are checked before the directory is asked for anything.
  const isReplaced = code === 'password_refused' && !refused.some(isOwnRule)
  const oldPassword = isReplaced ? 'replaced' : walk.oldPassword
  return { ...enter(walk, { at: 'password' }), oldPassword, trouble }
}

function isOwnRule(reason: RefusalReason): boolean {
  return reason === 'breached' || reason === 'banned_word'
}

function failed(walk: Walk, trouble: Trouble): Walk {
  if (walk.step.at === 'done') return walk
  const stopped = enter(walk, { at: 'failure', trouble, from: resumeAt(walk) })
  const isOver = remedyOf(trouble.error) === 'restart'
  const given = isOver ? { recovery: null, preparation: null, sentCodes: {}, deadline: null } : {}
  const oldPassword = oldPasswordAfter(walk, trouble.error.code)
  return { ...stopped, ...given, oldPassword, question: null }
}

/** What a failed write means for the old password. When in doubt, say that there is doubt. */
function oldPasswordAfter(walk: Walk, code: JourneyErrorCode): OldPassword {
  const isReset = walk.step.at === 'writing' && walk.purpose === 'reset'
  if (!isReset || walk.oldPassword !== 'valid') return walk.oldPassword
  const last = walk.progress.at(-1)
  const isFirstRequest = last === 'preparing_account' || walk.preparation?.mode === 'relay'
  const isBefore = last === undefined || !writes.includes(last)
  return isBefore || (isFirstRequest && refusalsBeforeWriting.includes(code)) ? 'valid' : 'unknown'
}

/** From here on the directory may have been changed. */
const writes: readonly ProgressStep[] = ['preparing_account', 'setting_password', 'confirming']

function retried(walk: Walk): Walk {
  if (walk.step.at !== 'failure') return walk
  return enter(walk, walk.recovery ? walk.step.from : { at: 'account' })
}

/** A password is never kept, so after a failed write it has to be typed again. */
function resumeAt({ step, purpose }: Walk): Stop {
  if (step.at === 'failure') return step.from
  if (step.at === 'done') return { at: 'account' }
  return step.at === 'writing' && purpose === 'reset' ? { at: 'password' } : step
}

function restarted({ account, oldPassword, visit }: Walk, purpose: Purpose): Walk {
  return enter({ ...beginWalk(account, purpose), oldPassword, visit }, { at: 'account' })
}

function back(walk: Walk): Walk {
  switch (walk.step.at) {
    case 'prove':
      return enter(walk, { at: 'methods' })
    case 'methods':
      return enter(walk, { at: 'account' })
    case 'password':
      return walk.oldPassword === 'valid' ? enter(walk, { at: 'methods' }) : walk
    case 'failure':
      // Nothing that is typed there makes up for what IT has not set up.
      if (walk.step.trouble.error.code === 'not_configured') return walk
      return walk.step.from.at === 'account' ? enter(walk, { at: 'account' }) : walk
    default:
      return walk
  }
}
