import type { JourneyErrorCode } from '../../contract/journey-bridge.ts'
import type { IneligibleReason, RefusalReason } from '../../contract/problems.ts'

type Sentence = { readonly title: string; readonly text: string }

/**
 * What went wrong, and what to do next, for every code. A code without a sentence does not compile.
 * The texts promise nothing about what was changed: the screen that shows them knows that better.
 */
export const errorsEnglish = {
  code: {
    invalid_request: {
      title: 'That could not be read',
      text: 'Check what you typed and try again.',
    },
    unauthorized: {
      title: 'Please start again',
      text: 'For your safety, this attempt has ended. Starting again takes about a minute.',
    },
    clock_skew: {
      title: 'The clock of this computer is wrong',
      text: 'It differs too much from the server’s. Connect the computer to the network and start again. If the time stays wrong, call the helpdesk.',
    },
    sign_in_refused: {
      title: 'That did not match',
      text: 'The account name or the password is not right. Check both and try again.',
    },
    password_must_change: {
      title: 'Your password has expired',
      text: 'Choose a new password first, then sign in with it.',
    },
    session_required: { title: 'You are signed out', text: 'Sign in again to go on.' },
    step_up_required: {
      title: 'One more check',
      text: 'Confirm with a method that you have already set up, then try again.',
    },
    cross_origin: {
      title: 'This request was stopped',
      text: 'It came from another website. Open this page by its own address and try again.',
    },
    account_not_eligible: {
      title: 'You cannot do this yourself',
      text: 'Please call the helpdesk. They can help you with this account.',
    },
    not_found: {
      title: 'There is nothing here any more',
      text: 'Go back to the start and try again.',
    },
    wrong_state: {
      title: 'Please start again',
      text: 'This attempt has moved on, perhaps in another window. Starting again takes about a minute.',
    },
    write_in_progress: {
      title: 'Another reset is running',
      text: 'Somebody is resetting this account right now. Wait a minute, then try again. If that is not you, call the helpdesk.',
    },
    not_confirmed: {
      title: 'We could not confirm your new password',
      text: 'It may already work: try to sign in with it. If it does not, start again here.',
    },
    already_enrolled: {
      title: 'This is set up already',
      text: 'Remove the existing one first if you want to replace it.',
    },
    recovery_expired: {
      title: 'Time is up',
      text: 'For your safety, every attempt ends after a few minutes. Start again: it takes about a minute.',
    },
    address_not_allowed: {
      title: 'This mail address cannot be used',
      text: 'Choose one that you can read without your work password.',
    },
    number_not_allowed: {
      title: 'This phone number cannot be used',
      text: 'It must be a mobile number, of a country that your organisation sends messages to.',
    },
    authenticator_not_allowed: {
      title: 'This model cannot be used',
      text: 'Your organisation only allows certain authenticators. Ask your helpdesk which ones.',
    },
    proof_refused: {
      title: 'That code was not accepted',
      text: 'Check it and type it again, or wait for the next code.',
    },
    password_refused: {
      title: 'This password was refused',
      text: 'Choose another one.',
    },
    recovery_locked: {
      title: 'Too many wrong codes',
      text: 'This attempt is closed. Start again, with a fresh code. If codes keep failing, call the helpdesk.',
    },
    too_many_attempts: {
      title: 'Please wait a little',
      text: 'There were too many wrong codes. Wait until the time is over, or use another method.',
    },
    too_many_codes: {
      title: 'No new code for now',
      text: 'Several codes were sent already. Use the newest one, or wait before you ask for another.',
    },
    rate_limited: {
      title: 'Please wait a little',
      text: 'There were many requests from this place. Wait until the time is over, then try again.',
    },
    internal: {
      title: 'Something went wrong',
      text: 'That is our fault, not yours. Try again in a moment. If it stays, call the helpdesk.',
    },
    directory_refused: {
      title: 'Your company’s directory refused',
      text: 'Trying again will not change that. Please call the helpdesk.',
    },
    directory_unavailable: {
      title: 'Your company’s directory does not answer',
      text: 'Wait a minute and try again. If it stays, call the helpdesk.',
    },
    store_unavailable: {
      title: 'The password service has to pause',
      text: 'It records every step, and right now it cannot. Try again in a few minutes, or call the helpdesk.',
    },
    breached_list_unavailable: {
      title: 'We could not check that password',
      text: 'The list of leaked passwords cannot be read right now, so none is set. Try again in a few minutes, or call the helpdesk.',
    },
    overloaded: {
      title: 'Many people at once',
      text: 'The password service is busy. Wait a moment and try again.',
    },
    backend_unreachable: {
      title: 'We cannot reach the password service',
      text: 'Check that this computer is connected, by cable or Wi-Fi, and try again.',
    },
    backend_untrusted: {
      title: 'This connection is not safe',
      text: 'The password service could not show that it is genuine, so nothing was sent to it. In a hotel or a café, use another network. Otherwise call the helpdesk.',
    },
    backend_unexpected: {
      title: 'The answer made no sense',
      text: 'The password service answered in a way that this computer does not understand. Try again. If it stays, call the helpdesk.',
    },
    not_configured: {
      title: 'This computer is not set up for this yet',
      text: 'It does not know the address of the password service. Please call the helpdesk.',
    },
    rules_not_met: {
      title: 'This password does not meet the rules',
      text: 'Look at the list and choose another one.',
    },
    denied_on_phone: {
      title: 'The phone said: “This wasn’t me”',
      text: 'So we have stopped here. If it was you, start again and type the number into your phone. If it was not, tell the helpdesk.',
    },
    no_recovery: {
      title: 'Please start again',
      text: 'This attempt has ended. Starting again takes about a minute.',
    },
  } satisfies Record<JourneyErrorCode, Sentence>,
  ineligible: {
    disabled: {
      title: 'This account is switched off',
      text: 'Only your company can switch it on again. Please call the helpdesk.',
    },
    account_expired: {
      title: 'This account has expired',
      text: 'A new password would not help. Please call the helpdesk: they can extend it.',
    },
    smartcard_required: {
      title: 'This account needs a smart card',
      text: 'You sign in with your card, not with a password. If the card does not work, call the helpdesk.',
    },
    password_never_expires: {
      title: 'The password of this account never expires',
      text: 'Such accounts are not reset here: your company has not allowed it. Please call the helpdesk.',
    },
    protected: {
      title: 'This account is specially protected',
      text: 'Accounts with special rights are not reset here. Please call the helpdesk.',
    },
    not_enabled: {
      title: 'This is not available to you yet',
      text: 'Your company has not switched it on for your account. Please call the helpdesk.',
    },
    purpose_not_allowed: {
      title: 'Your company does not allow this here',
      text: 'Go back and choose the other way: a new password instead of unlocking, or the reverse. Otherwise call the helpdesk.',
    },
    unknown_device: {
      title: 'Not from this computer',
      text: 'Your company allows this only from computers that it knows. Try it from your own work computer, or call the helpdesk.',
    },
    not_here: {
      title: 'Not from this place',
      text: 'Your company allows this only from its own networks. Try again in the office or over the company’s VPN, or call the helpdesk.',
    },
    not_now: {
      title: 'Not at this hour',
      text: 'Your company allows this only at certain hours. Try again during working hours, or call the helpdesk.',
    },
    policy_changed: {
      title: 'The rules have just changed',
      text: 'Your company now asks for more than you have confirmed. Nothing was changed. Please start again.',
    },
    not_found: {
      title: 'This account cannot be changed here',
      text: 'Please call the helpdesk. They can help you with this account.',
    },
  } satisfies Record<IneligibleReason, Sentence>,
  refused: {
    too_short: 'It is too short.',
    complexity:
      'It needs more variety: three of capital letters, small letters, digits and symbols.',
    history: 'You have used it before. Choose one that is new.',
    too_young:
      'Your password was changed only recently, and the directory wants more time between.',
    contains_name: 'It contains your name or your account name.',
    banned_word: 'It contains a word that everybody at your company would try first.',
    breached: 'It is on the list of leaked passwords: attackers try those first.',
    unknown: 'The directory did not say why. A longer and quite different one should work.',
  } satisfies Record<RefusalReason, string>,
} as const
