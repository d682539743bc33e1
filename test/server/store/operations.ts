import fc from 'fast-check'
import { recoveryStates } from '../../../src/contract/recovery.ts'
import {
  account,
  challenge,
  increment,
  mail,
  method,
  minute,
  now,
  recovery,
  session,
  write,
} from './records.ts'

/** A method of the store or of the model, and what it is called with. */
export type Operation = {
  readonly path: readonly string[]
  readonly parameters: readonly unknown[]
}

// Few values, so that operations meet.
const id = fc.constantFrom('a', 'b', 'c')
const time = fc.integer({ min: -2, max: 2 }).map((minutes) => now + minutes * minute)
const lease = fc.integer({ min: 0, max: 3 }).map((minutes) => now + minutes * minute)
const held = fc.option(lease, { nil: undefined })
const small = fc.integer({ min: 0, max: 4 })
const state = fc.constantFrom(...recoveryStates)
const accountId = fc.constantFrom(account.accountId, 'another account')
const hash = fc.constantFrom('h1', 'h2')

function operation(path: string, ...parameters: fc.Arbitrary<unknown>[]): fc.Arbitrary<Operation> {
  return fc.tuple(...parameters).map((values) => ({ path: path.split('.'), parameters: values }))
}

const newRecovery = fc
  .tuple(id, time, state)
  .map(([id, expiresAt, state]) => recovery(id, { expiresAt, state }))
const newMethod = fc
  .tuple(id, accountId, time)
  .map(([id, accountId, createdAt]) => method(id, { accountId, createdAt }))
const newWrite = fc
  .tuple(id, accountId, lease)
  .map(([recoveryId, accountId, leaseUntil]) => write(recoveryId, { accountId, leaseUntil }))
const newMail = fc
  .tuple(id, time, time)
  .map(([id, createdAt, nextTryAt]) => mail(id, { createdAt, nextTryAt }))
const newChallenge = fc
  .tuple(id, hash, time)
  .map(([subject, codeHash, expiresAt]) => challenge({ subject, codeHash, expiresAt }))
const newSession = fc.tuple(id, time).map(([id, lastSeenAt]) => session(id, { lastSeenAt }))
const patch = fc.constantFrom({}, { commits: 2 }, { mode: 'relay', controller: null })
const states = fc.subarray([...recoveryStates])
const found = fc.constantFrom(account, null)

export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  operation('recoveries.insert', newRecovery),
  operation('recoveries.find', id),
  operation('recoveries.resolve', id, found),
  operation('recoveries.reserveAttempt', id, small, time),
  operation('recoveries.refundAttempt', id),
  operation('recoveries.advance', id, states, state, patch, fc.option(time, { nil: undefined })),
  operation('challenges.put', newChallenge),
  operation('challenges.find', id, time),
  operation('challenges.spend', id, hash, time),
  operation('methods.insert', newMethod),
  operation('methods.find', id),
  operation('methods.list', accountId),
  operation('methods.confirm', id, time),
  operation('methods.spendStep', id, small, time),
  operation('methods.suspend', id, time),
  operation('methods.remove', id, accountId),
  operation('limits.find', id),
  operation('limits.update', id, time, fc.constant(increment)),
  operation('writes.open', newWrite, time, held),
  operation('writes.find', accountId),
  operation('writes.markSet', accountId, id, lease, fc.constantFrom('2.5f.4712', null)),
  operation('writes.claim', accountId, id, time, lease),
  operation('writes.release', accountId, id, time, lease),
  operation('writes.close', accountId, id, held),
  operation('sessions.insert', newSession),
  operation('sessions.find', id),
  operation('sessions.rotate', id, newSession),
  operation('sessions.remove', id),
  operation('outbox.put', newMail),
  operation('outbox.takeDue', time, lease, small),
  operation('outbox.remove', id),
  operation('outbox.retry', id, time),
  operation('outbox.count'),
  operation('spend', fc.constantFrom('dpop', 'relay'), id, time),
)

/** Calls the operation on the store's transaction or on the model. */
export function apply(target: object, { path, parameters }: Operation): unknown {
  const [first = '', second] = path
  const owner = second === undefined ? target : (Reflect.get(target, first) as object)
  return Reflect.apply(Reflect.get(owner, second ?? first), owner, parameters)
}
