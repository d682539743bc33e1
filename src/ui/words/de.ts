import type { Translation } from '../translation.ts'
import type { uiEnglish } from './en.ts'

/** Texts of the shared components. */
export const uiGerman: Translation<typeof uiEnglish> = {
  back: 'Zurück',
  cancel: 'Abbrechen',
  tools: 'Sprache und Ausgang',
  language: 'Sprache',
  helpdesk: 'Lieber mit einem Menschen sprechen?',
  busy: 'Einen Moment …',
  password: {
    show: 'Anzeigen',
    hide: 'Verbergen',
    showLong: 'Eingabe anzeigen',
    hideLong: 'Eingabe verbergen',
    capsLock: 'Die Feststelltaste ist an.',
  },
  tone: {
    info: 'Hinweis',
    success: 'Erledigt',
    warning: 'Bitte beachten',
    error: 'Es gibt ein Problem',
  },
  state: {
    done: 'Erledigt',
    current: 'Jetzt',
    waiting: 'Kommt noch',
    met: 'Erfüllt',
    unmet: 'Noch nicht erfüllt',
    later: 'wird am Ende geprüft',
  },
  steps: {
    label: 'Ihr Fortschritt',
    position: 'Schritt {{position}} von {{count}}',
  },
  authenticator: {
    unsupported: {
      title: 'Passkeys und Sicherheitsschlüssel gehen hier nicht',
      text: 'Dieser Browser kann sie nicht verwenden. Nehmen Sie etwas anderes oder einen aktuellen Browser.',
    },
    none_here: {
      title: 'Auf diesem Computer geht kein Passkey',
      text: 'Auf ihm ist kein Gesicht, kein Finger und keine PIN eingerichtet, oder er lässt uns nicht fragen. Nehmen Sie etwas anderes.',
    },
    refused: {
      title: 'Es wurde nichts bestätigt',
      text: 'Vielleicht wurde es abgebrochen, oder was Sie eingerichtet haben, ist hier nicht zur Hand. Versuchen Sie es noch einmal, oder nehmen Sie etwas anderes.',
    },
    timed_out: {
      title: 'Das hat zu lange gedauert',
      text: 'Es wurde nichts bestätigt. Versuchen Sie es noch einmal, wenn Sie es zur Hand haben.',
    },
    registered: {
      title: 'Das ist schon eingerichtet',
      text: 'Einmal genügt. Nehmen Sie ein anderes, oder gehen Sie zurück.',
    },
    not_capable: {
      title: 'Das geht nicht',
      text: 'Es kann weder PIN noch Finger noch Gesicht prüfen. Nehmen Sie ein anderes.',
    },
    failed: {
      title: 'Das hat nicht geklappt',
      text: 'Dieser Computer konnte nicht damit sprechen. Versuchen Sie es noch einmal, oder nehmen Sie etwas anderes.',
    },
  },
  requestId: 'Wenn Sie den Helpdesk anrufen, nennen Sie bitte: {{requestId}}',
  seconds_one: '{{count}} Sekunde',
  seconds_other: '{{count}} Sekunden',
  minutes_one: '{{count}} Minute',
  minutes_other: '{{count}} Minuten',
}
