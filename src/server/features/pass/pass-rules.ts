import type { ServerDependencies } from '../../domain/dependencies.ts'
import { decide } from '../../domain/policy/decide.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { PassOperator, PassRecord } from '../../domain/ports/passes.ts'

/** How long a temporary pass may be good for, in minutes. */
export const passMinutes = { least: 10, most: 24 * 60, usual: 60 } as const

/** How long a pass for somebody privileged waits for a second person (milliseconds). */
export const approvalTimeMs = 60 * 60_000

/** Enough for a ticket number and a sentence. */
export const reasonLength = { least: 3, most: 200 } as const

/** Why the helpdesk does not get what it asked for. */
export type PassRefusal =
  /** For themselves, or approved by whom it is for. */
  | 'self'
  /** The second person is the first. */
  | 'same_person'
  /** No rule offers temporary passes. */
  | 'not_offered'
  | 'not_eligible'
  /** Neither a private mail address nor a number is on file, so it can only be printed. */
  | 'nowhere_to_send'
  | 'invalid_minutes'
  | 'invalid_reason'
  | 'directory_unavailable'
  | 'not_found'
  /** Approved, used, revoked or too old. */
  | 'wrong_state'

/** A reason that says something, or null. */
export function readReason(typed: string): string | null {
  const reason = typed.replaceAll(/\s+/g, ' ').trim()
  const { least, most } = reasonLength
  return reason.length >= least && reason.length <= most ? reason : null
}

export function isPassLifetime(minutes: number): boolean {
  const { least, most } = passMinutes
  return Number.isInteger(minutes) && minutes >= least && minutes <= most
}

/** What holds for somebody: whether they may have a pass, and whether one person suffices for it. */
export type PassVerdict = {
  readonly refused: PassRefusal | null
  /**
   * SECURITY: with a pass for such an account much more than a workstation is opened, so one agent who
   * was talked into it must not suffice: members of protected groups, and of those that the policy calls
   * privileged.
   */
  readonly needsApproval: boolean
  /** Whether it may be sent to a telephone. */
  readonly mayText: boolean
}

/** Asked anew each time: what was decided minutes ago may not hold any more. */
export async function judgePass(
  { policies }: Pick<ServerDependencies, 'policies'>,
  owner: AccountState,
): Promise<PassVerdict> {
  const { document } = await policies.latest()
  const { enabled, methods, privileged } = decide(document, owner)
  const { ineligible, maySignIn } = owner
  const mayText = methods.includes('sms')
  const needsApproval = privileged || ineligible === 'protected'
  if (!enabled || !methods.includes('temporaryPass')) {
    return { refused: 'not_offered', needsApproval, mayText }
  }
  const isUseless = !maySignIn || ineligible === 'not_found' || ineligible === 'not_enabled'
  return { refused: isUseless ? 'not_eligible' : null, needsApproval, mayText }
}

/**
 * Whether somebody may be the second person. Another account, and come in by another way: one user of a
 * machine who names somebody else is still one person.
 */
export function whyNotApprover(pass: PassRecord, approver: PassOperator): PassRefusal | null {
  if (approver.accountId === pass.accountId) return 'self'
  const { issuer } = pass
  const isSame = approver.accountId === issuer.accountId || approver.login === issuer.login
  return isSame ? 'same_person' : null
}
