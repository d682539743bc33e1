import type { HandedOut } from '../features/pass/hand-out.ts'
import type { Issued } from '../features/pass/issue.ts'
import type { ListedPass } from '../features/pass/list.ts'
import { type PassRefusal, passMinutes, reasonLength } from '../features/pass/pass-rules.ts'
import { complain, type ExitCode } from './terminal.ts'

const sentences: Record<PassRefusal, string> = {
  self: 'Nobody gets a pass by their own hand: not for yourself, and not approved by yourself. Ask a colleague.',
  same_person:
    'The second person has to be another one, on another user of this machine. Ask a colleague.',
  not_offered:
    'The policy does not offer temporary passes to this person: "latchkey-server policy explain NAME" says which rule it is.',
  not_eligible:
    'This account could not use a pass: it is disabled, expired, bound to a smart card, or not enabled for Latchkey. "latchkey-server user show" says which.',
  nowhere_to_send:
    'No private mail address or number is on file to send it to. If you are sure who is calling, add --deliver print --print-reason TEXT.',
  invalid_minutes: `A pass is good for ${passMinutes.least} to ${passMinutes.most} minutes.`,
  invalid_reason: `Say why, in ${reasonLength.least} to ${reasonLength.most} characters: it is in the audit log.`,
  directory_unavailable: 'No domain controller answers. Nothing was issued.',
  not_found: 'There is no such pass. "latchkey-server pass list" shows them.',
  wrong_state: 'Too late: it was approved, used, replaced or revoked before, or its time is over.',
}

/** Says on standard error why there is no pass. */
export function complainOfPass(refusal: PassRefusal): ExitCode {
  complain(sentences[refusal])
  return 1
}

export function describeIssued(issued: Issued): string {
  if (issued.waiting === null) return describeHandedOut(issued)
  const { id, accountName, expiresAt } = issued.waiting
  return [
    `${accountName} is a privileged account: a second person has to approve this, by ${time(expiresAt)}.`,
    `They run, as another user of this machine: latchkey-server pass approve ${id}`,
  ].join('\n')
}

export function describeHandedOut({ pass, sentTo, code }: HandedOut): string {
  const { id, accountName, expiresAt } = pass
  const until = `It works once, until ${time(expiresAt)}.`
  const back = `To take it back: latchkey-server pass revoke ${id}`
  if (code === null) {
    return [`A pass for ${accountName} was sent to ${sentTo.join(', ')}. ${until}`, back].join('\n')
  }
  return [
    `The pass for ${accountName}. ${until} It is shown this once, and that it was is in the audit log.`,
    `\n  ${code}\n`,
    'Tell it to nobody but the person whose identity you have checked.',
    back,
  ].join('\n')
}

export function describeList(passes: readonly ListedPass[]): string {
  if (passes.length === 0) return 'No passes.'
  return passes
    .map(({ id, accountName, state, issuer, approver, expiresAt, reason }) => {
      const by = approver === null ? '' : `, approved by ${approver.accountName}`
      const who = `issued by ${issuer.accountName} (${issuer.login})${by}`
      return `${id}  ${accountName}: ${state}, until ${time(expiresAt)}, ${who}: ${reason}`
    })
    .join('\n')
}

/** `2026-11-23 09:31 UTC`. */
function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
