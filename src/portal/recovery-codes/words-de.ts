import type { Translation } from '../../ui/i18n.ts'
import type { recoveryCodesEnglish } from './words-en.ts'

/** Wiederherstellungscodes auf Deutsch. */
export const recoveryCodesGerman: Translation<typeof recoveryCodesEnglish> = {
  // A soft hyphen, for narrow windows.
  title: 'Wiederherstellungs\u00ADcodes anlegen',
  titleAgain: 'Neue Wiederherstellungs\u00ADcodes anlegen',
  intro:
    'Zehn Codes auf Papier, jeder gilt einmal. Sie helfen, wenn Ihr Telefon verloren, kaputt oder leer ist.',
  keep: 'Wo Sie sie aufbewahren',
  keepAway: 'Wo Sie sie ohne Ihren Computer finden: zu Hause, im Portemonnaie, im Tresor.',
  keepPrivate: 'Wo niemand sonst sie findet. Wer einen Code hat, hat einen Ihrer Nachweise.',
  keepNotHere:
    'Nicht auf dem Computer, in den sie Sie hineinlassen sollen, und nicht im dienstlichen Postfach.',
  replaces: {
    title: 'Ihre alten Codes werden ungültig',
    text_zero: 'Sie sind alle aufgebraucht. Die neuen treten an ihre Stelle.',
    text_one: 'Einer ist noch übrig. Er gilt, bis Sie die neuen bestätigt haben.',
    text_other: '{{count}} sind noch übrig. Sie gelten, bis Sie die neuen bestätigt haben.',
  },
  show: 'Codes zeigen',
  codesTitle: 'Bewahren Sie diese Codes auf',
  codesIntro:
    'Sie werden nur dieses eine Mal gezeigt. Drucken Sie sie, schreiben Sie sie ab oder speichern Sie sie woanders.',
  list: 'Ihre Wiederherstellungscodes',
  print: 'Drucken',
  copy: 'Kopieren',
  copied: 'Kopiert. Fügen Sie sie bald ein: Andere Programme können die Zwischenablage lesen.',
  copyFailed: 'Ihr Browser hat das nicht erlaubt. Drucken Sie die Codes oder schreiben Sie sie ab.',
  download: 'Als Datei speichern',
  kept: 'Ich habe sie: weiter',
  confirmTitle: 'Geben Sie einen davon ein',
  confirmIntro:
    'Von Ihrem Papier oder aus Ihrer Datei, welchen Sie möchten. Er wird dadurch nicht verbraucht. Ab dann gelten Ihre Codes.',
  confirmUntil: 'Bitte werden Sie bis {{time}} fertig. Danach sind diese Codes ungültig.',
  code: 'Einer der zehn Codes',
  submit: 'Bestätigen',
  refused: 'Das ist keiner dieser zehn Codes. Prüfen Sie jedes Zeichen.',
  again: 'Codes noch einmal zeigen',
  sheet: {
    title: 'Wiederherstellungscodes',
    account: 'Konto: {{account}}',
    date: 'Angelegt am {{date}}',
    howTo:
      'Ausgesperrt? Starten Sie Latchkey am Anmeldebildschirm eines Computers Ihrer Organisation, wählen Sie „Wiederherstellungscode“ und geben Sie einen davon ein. Jeder gilt einmal: Streichen Sie ihn danach durch.',
    care: 'Niemand wird Sie jemals nach einem Code fragen, auch nicht der Helpdesk. Ist dieses Blatt verloren, legen Sie im Portal neue Codes an: Diese gelten dann nicht mehr.',
    file: 'latchkey-wiederherstellungscodes.txt',
  },
  left_zero: 'Keiner mehr übrig',
  left_one: 'Noch einer von {{total}} übrig',
  left_other: 'Noch {{count}} von {{total}} übrig',
  few: {
    title_zero: 'Ihre Wiederherstellungs\u00ADcodes sind aufgebraucht',
    title_one: 'Nur noch ein Wiederherstellungs\u00ADcode ist übrig',
    title_other: 'Nur noch {{count}} Wiederherstellungs\u00ADcodes sind übrig',
    text: 'Legen Sie jetzt neue an, solange Sie es noch können.',
    make: 'Neue Codes anlegen',
  },
}
