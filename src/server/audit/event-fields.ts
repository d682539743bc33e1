import type { AuditEventName, AuditEvents } from '../domain/audit-events.ts'

/**
 * What a field may hold. `word`: a code, an identifier or a host name. `text`: what people or the
 * directory wrote. `count`: a whole number. `words`: a short list. With `?` it may be null.
 */
export type FieldKind = 'word' | 'word?' | 'text' | 'count' | 'words'

const inRecovery = { recoveryId: 'word', accountId: 'word?' } as const
const inAccount = { accountId: 'word', accountName: 'text' } as const
const ofPhone = { accountId: 'word', methodId: 'word' } as const
const onController = { ...inRecovery, controller: 'word' } as const
const ofPass = { ...inAccount, passId: 'word' } as const
const byOperator = { operator: 'text', operatorId: 'word', login: 'text' } as const
const onMethod = { ...inAccount, methodId: 'word', kind: 'word' } as const
const policyChange = { version: 'count', digest: 'word', author: 'text', reason: 'text' } as const

/**
 * The allow-list once more, for run time: types do not stop a field that came along in a spread
 * object. It has to name every field of every event, and no other.
 */
export const eventFields = {
  'recovery.started': {
    recoveryId: 'word',
    nameDigest: 'word',
    purpose: 'word',
    address: 'text',
  },
  'recovery.challenged': { ...inRecovery, kind: 'word' },
  'recovery.proof_refused': { ...inRecovery, kind: 'word', attempts: 'count' },
  'recovery.proof_accepted': { ...inRecovery, kind: 'word', remaining: 'count' },
  'recovery.locked': inRecovery,
  'recovery.refused': { ...inRecovery, reason: 'word' },
  'recovery.planned': { ...inRecovery, accountName: 'text', mode: 'word', controller: 'word?' },
  'recovery.commit_intended': onController,
  'recovery.committed': onController,
  'recovery.commit_failed': { ...onController, code: 'word' },
  'recovery.password_refused': { ...inRecovery, reasons: 'words' },
  'recovery.completed': { ...inRecovery, mode: 'word', passwordLastSet: 'word' },
  'recovery.unlocked': onController,
  'recovery.abandoned': inRecovery,
  'recovery.expired': inRecovery,
  'sweep.scrambled': onController,
  'sweep.replaced': onController,
  'sweep.confirmed': { ...onController, passwordLastSet: 'word' },
  'sweep.not_applied': onController,
  'push.paired': ofPhone,
  'push.subscription_set': ofPhone,
  'push.subscription_removed': ofPhone,
  'push.denied': { ...inAccount, recoveryId: 'word?' },
  'session.opened': { ...inAccount, address: 'text' },
  'session.refused': { accountTyped: 'text', address: 'text', reason: 'word' },
  'session.stepped_up': { ...inAccount, kind: 'word' },
  'session.step_up_refused': { ...inAccount, kind: 'word' },
  'session.challenged': { ...inAccount, kind: 'word' },
  'session.closed': inAccount,
  'session.ended': { ...inAccount, reason: 'word' },
  'method.begun': onMethod,
  'method.added': onMethod,
  'method.removed': onMethod,
  'method.renamed': onMethod,
  'method.suspended': onMethod,
  'method.clone_suspected': onMethod,
  'pass.requested': { ...ofPass, ...byOperator, reason: 'text', minutes: 'count' },
  'pass.approved': { ...ofPass, ...byOperator },
  'pass.issued': {
    ...{ ...ofPass, ...byOperator },
    ...{ methodId: 'word', reason: 'text', minutes: 'count' },
  },
  'pass.sent': { ...ofPass, delivery: 'word', addresses: 'count', printReason: 'text' },
  'pass.used': ofPass,
  'pass.revoked': { ...ofPass, ...byOperator, because: 'word' },
  'pass.refused': { ...inAccount, ...byOperator, reason: 'word' },
  'sms.failed': { adapter: 'word', reason: 'word', tries: 'count' },
  'policy.applied': policyChange,
  'policy.rolled_back': { ...policyChange, restored: 'count' },
  'server.started': { version: 'word' },
  'server.stopped': { version: 'word' },
} as const satisfies { [Name in AuditEventName]: { [F in keyof AuditEvents[Name]]: FieldKind } }
