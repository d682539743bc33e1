/** Texts of the shared components. */
export const uiEnglish = {
  back: 'Back',
  cancel: 'Cancel',
  tools: 'Language and way out',
  language: 'Language',
  helpdesk: 'Need a person?',
  busy: 'One moment …',
  password: {
    show: 'Show',
    hide: 'Hide',
    showLong: 'Show what you typed',
    hideLong: 'Hide what you typed',
    capsLock: 'Caps Lock is on.',
  },
  tone: {
    info: 'Note',
    success: 'Done',
    warning: 'Please note',
    error: 'There is a problem',
  },
  state: {
    done: 'Done',
    current: 'Now',
    waiting: 'Still to come',
    met: 'Met',
    unmet: 'Not met yet',
    later: 'checked at the end',
  },
  steps: {
    label: 'Your progress',
    position: 'Step {{position}} of {{count}}',
  },
  authenticator: {
    unsupported: {
      title: 'Passkeys and security keys do not work here',
      text: 'This browser cannot use them. Use something else, or a current browser.',
    },
    none_here: {
      title: 'No passkey can be used on this computer',
      text: 'No face, finger or PIN is set up on it, or it does not let us ask. Use something else.',
    },
    refused: {
      title: 'Nothing was confirmed',
      text: 'Perhaps it was cancelled, or what you have set up is not at hand here. Try again, or use something else.',
    },
    timed_out: {
      title: 'That took too long',
      text: 'Nothing was confirmed. Try again when you have it at hand.',
    },
    registered: {
      title: 'That one is set up already',
      text: 'Once is enough. Use another one, or go back.',
    },
    not_capable: {
      title: 'That one cannot be used',
      text: 'It cannot check a PIN, a finger or a face. Use another one.',
    },
    failed: {
      title: 'That did not work',
      text: 'This computer could not talk to it. Try again, or use something else.',
    },
  },
  requestId: 'If you call the helpdesk, please mention: {{requestId}}',
  seconds_one: '{{count}} second',
  seconds_other: '{{count}} seconds',
  minutes_one: '{{count}} minute',
  minutes_other: '{{count}} minutes',
} as const
