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
  requestId: 'If you call the helpdesk, please mention: {{requestId}}',
  seconds_one: '{{count}} second',
  seconds_other: '{{count}} seconds',
  minutes_one: '{{count}} minute',
  minutes_other: '{{count}} minutes',
} as const
