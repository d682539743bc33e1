import type { MethodKind } from '../../contract/method-kinds.ts'
import type { IneligibleReason, RefusalReason } from '../../contract/problems.ts'
import type { Purpose } from '../../contract/recovery.ts'

type InRecovery = { recoveryId: string; accountId: string | null }
type InAccount = { accountId: string; accountName: string }
/** A phone knows no names: it is not asked who it belongs to. */
type OfPhone = { accountId: string; methodId: string }
type OfPass = InAccount & { passId: string }
/** Somebody of the helpdesk, and how they came in. */
type ByOperator = { operator: string; operatorId: string; login: string }

type PolicyChange = { version: number; digest: string; author: string; reason: string }

/**
 * Every event that the audit log can hold, with the only fields that it may carry. What is not
 * listed here cannot be recorded, so no secret gets in by accident.
 */
export type AuditEvents = {
  /** `nameDigest` stands for the name as it was typed: people type passwords there too. */
  'recovery.started': { recoveryId: string; nameDigest: string; purpose: Purpose; address: string }
  'recovery.challenged': InRecovery & { kind: MethodKind }
  'recovery.proof_refused': InRecovery & { kind: MethodKind; attempts: number }
  'recovery.proof_accepted': InRecovery & { kind: MethodKind; remaining: number }
  'recovery.locked': InRecovery
  'recovery.refused': InRecovery & { reason: IneligibleReason }
  'recovery.planned': InRecovery & {
    accountName: string
    mode: 'direct' | 'relay' | 'unlock'
    controller: string | null
  }
  'recovery.commit_intended': InRecovery & { controller: string }
  'recovery.committed': InRecovery & { controller: string }
  'recovery.commit_failed': InRecovery & { controller: string; code: string }
  'recovery.password_refused': InRecovery & { reasons: readonly RefusalReason[] }
  'recovery.completed': InRecovery & { mode: 'direct' | 'relay'; passwordLastSet: string }
  'recovery.unlocked': InRecovery & { controller: string }
  'recovery.abandoned': InRecovery
  'recovery.expired': InRecovery
  'sweep.scrambled': InRecovery & { controller: string }
  'sweep.replaced': InRecovery & { controller: string }
  'sweep.confirmed': InRecovery & { controller: string; passwordLastSet: string }
  'sweep.not_applied': InRecovery & { controller: string }
  'push.paired': OfPhone
  'push.subscription_set': OfPhone
  'push.subscription_removed': OfPhone
  /** "This wasn't me": in a recovery, or (null) in a portal session. */
  'push.denied': InAccount & { recoveryId: string | null }
  'session.opened': InAccount & { address: string }
  'session.refused': { accountTyped: string; address: string; reason: string }
  'session.stepped_up': InAccount & { kind: MethodKind }
  'session.step_up_refused': InAccount & { kind: MethodKind }
  'session.challenged': InAccount & { kind: MethodKind }
  'session.closed': InAccount
  /** Not by its owner: all of the account's after a reset, one when the directory no longer bears it out. */
  'session.ended': InAccount & {
    reason: 'password_reset' | 'password_changed' | 'not_allowed' | 'push_denied' | 'device_lost'
  }
  'method.begun': InAccount & { methodId: string; kind: MethodKind }
  'method.added': InAccount & { methodId: string; kind: MethodKind }
  'method.removed': InAccount & { methodId: string; kind: MethodKind }
  'method.renamed': InAccount & { methodId: string; kind: MethodKind }
  'method.suspended': InAccount & { methodId: string; kind: MethodKind }
  /** The signature counter of an authenticator did not rise: somebody may have copied it. */
  'method.clone_suspected': InAccount & { methodId: string; kind: MethodKind }
  /** Waits for a second person. */
  'pass.requested': OfPass & ByOperator & { reason: string; minutes: number }
  'pass.approved': OfPass & ByOperator
  'pass.issued': OfPass & ByOperator & { methodId: string; reason: string; minutes: number }
  /** `printReason` says why it was shown to the helpdesk, and is empty when it was sent. */
  'pass.sent': OfPass & {
    delivery: 'mail' | 'sms' | 'print'
    addresses: number
    printReason: string
  }
  'pass.used': OfPass
  'pass.revoked': OfPass & ByOperator & { because: 'revoked' | 'replaced' }
  'pass.refused': InAccount & ByOperator & { reason: string }
  /** A text message was given up, for what its provider or we call `reason`. No number, no account. */
  'sms.failed': { adapter: string; reason: string; tries: number }
  /** `digest` stands for the document: SHA-256. */
  'policy.applied': PolicyChange
  'policy.rolled_back': PolicyChange & { restored: number }
  'server.started': { version: string }
  'server.stopped': { version: string }
}

export type AuditEventName = keyof AuditEvents
export type AuditEvent = {
  [Name in AuditEventName]: { event: Name; at: number; fields: AuditEvents[Name] }
}[AuditEventName]
