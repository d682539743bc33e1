import type { JourneyBridge, LocalErrorCode } from '../contract/journey-bridge.ts'
import type { Purpose } from '../contract/recovery.ts'
import { begin, start } from './account/begin.ts'
import { expire, leave, leaveAnyway, restart } from './leaving/leave.ts'
import { prepare } from './preparing/prepare.ts'
import { askPhone, needsPhone } from './prove/phone.ts'
import { currentMethod, needsCode, sendCode, verify } from './prove/verify.ts'
import { type ShowAuthenticator, verifyByAuthenticator } from './prove/verify-by-authenticator.ts'
import { createTalk, type Talk } from './talk.ts'
import { setPassword, unlock } from './writing/write.ts'

/** A walk in progress: the state to draw, and what the user can do. */
export type Walker = ReturnType<typeof createWalker>

/**
 * Connects the pure walk to a bridge: each verb asks the bridge and turns the answer into an event.
 *
 * @param now - the clock, milliseconds since epoch
 * @param blockedBy - what is known to stand in the way already: the walk begins, and ends, with it
 */
export function createWalker(
  bridge: JourneyBridge,
  now: () => number = () => Date.now(),
  blockedBy: LocalErrorCode | null = null,
) {
  const talk = createTalk(bridge, now)
  const { tell, read } = talk
  if (blockedBy) talk.report('account', { code: blockedBy })

  /** Runs a verb, then whatever the screen that it led to begins by itself. */
  async function act(verb: Promise<void> | void): Promise<void> {
    await verb
    await proceed(talk)
  }

  /** A second press while the answer to the first is awaited does nothing. */
  function actOnce(verb: () => Promise<void>): Promise<void> {
    return read().isBusy ? Promise.resolve() : act(verb())
  }

  return {
    read,
    subscribe: talk.subscribe,
    listen: () => bridge.onProgress((progress) => tell({ type: 'progressed', progress })),

    start: (account: string, purpose: Purpose) => actOnce(() => start(talk, account, purpose)),
    startOver: (account: string, purpose: Purpose) => actOnce(() => begin(talk, account, purpose)),
    chooseMethod: (methodId: string) => act(tell({ type: 'method_chosen', methodId })),
    sendCode: () => actOnce(() => send(talk)),
    verify: (code: string) => actOnce(() => verify(talk, code)),
    showAuthenticator: (show: ShowAuthenticator) =>
      actOnce(() => verifyByAuthenticator(talk, show)),
    goOn: () => act(tell({ type: 'continued' })),
    /** Null: nobody waits for this answer any more. It changes no screen. */
    checkLeaked: (password: string) => talk.ask(() => bridge.checkLeaked(password)),
    setPassword: (password: string) => actOnce(() => setPassword(talk, password)),
    retry: () => actOnce(() => retry(talk)),
    back: () => tell({ type: 'back' }),
    stay: () => tell({ type: 'questioned', question: null }),
    restart: (purpose?: Purpose) => restart(talk, purpose),
    expire: () => expire(talk),
    leave: () => leave(talk),
    leaveAnyway: () => leaveAnyway(talk),
  }
}

/** Some screens begin their work by themselves. */
async function proceed(talk: Talk): Promise<void> {
  const walk = talk.read()
  if (walk.isBusy) return
  if (walk.step.at === 'preparing') await prepare(talk)
  else if (walk.step.at === 'writing' && walk.purpose === 'unlock') await unlock(talk)
  else if (needsCode(walk, talk.now())) await sendCode(talk)
  else if (needsPhone(walk, talk.now())) await send(talk)
  else return
  await proceed(talk)
}

/** Sends a code, or asks the phone, whichever the method on this screen needs. */
function send(talk: Talk): Promise<void> {
  const isPhone = currentMethod(talk.read())?.kind === 'push'
  return isPhone ? askPhone(talk, () => void proceed(talk)) : sendCode(talk)
}

async function retry(talk: Talk): Promise<void> {
  const { step, account, purpose } = talk.read()
  if (step.at !== 'failure') return
  if (step.from.at === 'account') await begin(talk, account, purpose)
  else talk.tell({ type: 'retried' })
}
