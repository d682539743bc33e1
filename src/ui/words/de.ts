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
  requestId: 'Wenn Sie den Helpdesk anrufen, nennen Sie bitte: {{requestId}}',
  seconds_one: '{{count}} Sekunde',
  seconds_other: '{{count}} Sekunden',
  minutes_one: '{{count}} Minute',
  minutes_other: '{{count}} Minuten',
}
