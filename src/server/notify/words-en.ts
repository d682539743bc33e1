import { isAuthenticatorKind, type MethodKind } from '../../contract/method-kinds.ts'
import type { MailContent } from '../domain/mail-content.ts'
import { formatTime, type Sender } from './words.ts'

const method: Record<MethodKind, string> = {
  passkey: 'passkey',
  securityKey: 'security key',
  push: 'Latchkey on a phone',
  totp: 'authenticator app',
  recoveryCode: 'set of recovery codes',
  temporaryPass: 'temporary pass from the helpdesk',
  sms: 'telephone number',
  email: 'mail address',
}

const subjects: Record<MailContent['template'], string> = {
  recovery_code: 'Your Latchkey code',
  confirm_address_code: 'Confirm your mail address',
  step_up_code: 'Your Latchkey code',
  password_reset: 'Your password was reset',
  account_unlocked: 'Your account was unlocked',
  start_again: 'Your password reset was interrupted',
  replaced_by_other: 'Your password was set by somebody else',
  push_denied: 'Somebody tried to get into your account',
  method_added: 'A recovery method was added',
  method_removed: 'A recovery method was removed',
  method_suspended: 'A recovery method was suspended',
  recovery_codes_low: 'Few recovery codes are left',
  temporary_pass: 'Your temporary pass from the helpdesk',
  pass_issued: 'The helpdesk has issued a temporary pass for your account',
  methods_lost: 'Recovery methods were reported lost',
}

const notYou = 'If this was not you, tell your helpdesk at once.'
const keepCode = 'Nobody will ever ask you for this code, not even your helpdesk.'

export function subject({ template }: MailContent): string {
  return subjects[template]
}

export function body(content: MailContent): string[] {
  switch (content.template) {
    case 'recovery_code':
      return code(content.code, content.validMinutes, 'recover your account')
    case 'confirm_address_code':
      return code(content.code, content.validMinutes, 'confirm this mail address')
    case 'step_up_code':
      return code(content.code, content.validMinutes, 'change your recovery methods')
    case 'password_reset':
      return [event(content, 'The password of the account', 'was reset with Latchkey'), notYou]
    case 'account_unlocked':
      return [event(content, 'The account', 'was unlocked with Latchkey'), notYou]
    case 'start_again':
      return [
        event(content, 'A reset of the password of the account', 'did not come to its end'),
        'Your old password does not work any more. Please start Latchkey again and choose a new one: it takes about a minute.',
        'If you did not start it, tell your helpdesk at once.',
      ]
    case 'replaced_by_other':
      return [
        event(content, 'A reset of the password of the account', 'was ended'),
        'Somebody else, most likely your helpdesk, has set the password in the meantime. If you were given that password, use it: there is nothing more to do. If you were not, please start Latchkey again.',
        'If you asked nobody for it, tell your helpdesk at once.',
      ]
    case 'push_denied':
      return [
        event(
          content,
          'A request for the account',
          'was answered on a phone with “This wasn’t me”',
        ),
        'It was ended at once. Somebody else may have tried to get in. Type no number into your phone that somebody tells you.',
        'Tell your helpdesk, also if it was a mistake.',
      ]
    case 'method_added':
      return [methodEvent(content, 'was added to'), notYou]
    case 'method_removed':
      return [methodEvent(content, 'was removed from'), notYou]
    case 'methods_lost':
      return [
        `Recovery methods (${content.kinds.map((kind) => method[kind]).join(', ')}) of the account ${content.accountName} were reported lost on ${formatTime(content.at)}. They do not work any more, and all other sessions of the portal have ended.`,
        'Set up new ones in the portal, so that you can recover on your own again.',
        notYou,
      ]
    case 'recovery_codes_low':
      return [
        codesLeft(content.left, content.accountName),
        'Make a new set in the portal before you need it. The old codes stop working then.',
        `A recovery code was used just now. ${notYou}`,
      ]
    case 'temporary_pass':
      return [
        'Your temporary pass from the helpdesk:',
        content.code,
        `It works once, for ${content.validMinutes} minutes from when it was issued. A newer pass replaces it. In Latchkey, choose “Temporary pass” and type it.`,
        'Nobody will ever ask you for it, not even your helpdesk. If you did not ask the helpdesk for it, tell them at once.',
      ]
    case 'pass_issued':
      return [
        `The helpdesk issued a temporary pass for the account ${content.accountName} on ${formatTime(content.at)}. It works once, until ${formatTime(content.until)}.`,
        'If you did not ask for it, somebody may have called in your name: tell your helpdesk at once.',
      ]
    case 'method_suspended':
      return [
        methodEvent(content, 'was suspended for'),
        isAuthenticatorKind(content.kind)
          ? 'It was refused too often in a row, or there are signs that somebody has copied it. Remove it in the portal and set it up anew.'
          : 'There were too many failed attempts in a row: somebody may be guessing. Remove it in the portal and set it up anew.',
      ]
  }
}

export function closing({ organisation, helpdesk }: Sender): string[] {
  return [helpdesk === '' ? organisation : `${organisation}\n${helpdesk}`]
}

function code(digits: string, minutes: number, purpose: string): string[] {
  return [
    `Your code to ${purpose}:`,
    digits,
    `It is valid for ${minutes} minutes and can be used once. A newer code replaces it.`,
    `${keepCode} If you did not ask for it, you can ignore this message.`,
  ]
}

function codesLeft(left: number, accountName: string): string {
  if (left === 0) return `The last recovery code of the account ${accountName} has been used.`
  const codes = left === 1 ? 'One recovery code is' : `${left} recovery codes are`
  return `${codes} left for the account ${accountName}.`
}

function event(
  { accountName, at }: { accountName: string; at: number },
  what: string,
  happened: string,
): string {
  return `${what} ${accountName} ${happened} on ${formatTime(at)}.`
}

function methodEvent(
  { accountName, at, kind }: { accountName: string; at: number; kind: MethodKind },
  happened: string,
): string {
  return `A recovery method (${method[kind]}) ${happened} the account ${accountName} on ${formatTime(at)}.`
}
