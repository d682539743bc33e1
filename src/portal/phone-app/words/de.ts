import type { Translation } from '../../../ui/translation.ts'
import type { phoneEnglish } from './en.ts'

/** Das Telefon auf Deutsch: wenige Wörter, denn man liest sie unterwegs. */
export const phoneGerman: Translation<typeof phoneEnglish> = {
  tryAgain: 'Noch einmal versuchen',
  waiting: 'In {{time}} können Sie es noch einmal versuchen.',
  unpaired: {
    title: 'Dieses Telefon verbinden',
    intro:
      'Öffnen Sie am Computer die Latchkey-Seite Ihrer Organisation, wählen Sie „Latchkey auf dem Telefon“ und scannen Sie das Bild mit diesem Telefon.',
    install:
      'Tipp: Legen Sie diese Seite zuerst auf Ihren Startbildschirm. Auf einem iPhone ist das für Mitteilungen nötig. Öffnen Sie sie dann von dort und fügen Sie den Link ein.',
    link: 'Oder fügen Sie den Link hier ein',
    malformed:
      'Das ist nicht der Link, den die Seite zeigt. Er endet mit einer langen Reihe von Zeichen.',
    submit: 'Weiter',
  },
  pair: {
    title: 'Dieses Telefon verbinden?',
    intro:
      'Nur, wenn Sie das gerade selbst von der Latchkey-Seite auf Ihrem eigenen Bildschirm geöffnet haben. Niemand sonst darf Ihnen so einen Link schicken.',
    replaces:
      'Dieses Telefon ist schon verbunden. Wenn Sie es neu verbinden, endet das: Entfernen Sie den alten Eintrag danach bitte im Portal.',
    name: 'Wie sollen wir dieses Telefon nennen?',
    firstName: 'Mein Telefon',
    nameHint: 'Damit Sie Ihre Geräte später auseinanderhalten.',
    nameMissing: 'Geben Sie ihm einen Namen, zum Beispiel „Mein Telefon“.',
    submit: 'Verbinden',
    over: 'Dieser Link wurde schon benutzt oder ist älter als zehn Minuten. Fangen Sie am Computer neu an.',
  },
  compare: {
    title: 'Tippen Sie diese Zahl am Computer ein',
    intro: 'Die Seite dort fragt danach. Dann ist dieses Telefon verbunden.',
    no: 'Sagt die Seite, dass sie falsch war? Dann fangen Sie dort neu an.',
  },
  ready: {
    title: 'Gerade ist nichts zu tun',
    intro: 'Wenn Sie wieder in Ihr Konto möchten, fragt dieses Telefon Sie nach einer Zahl.',
    connected: 'Verbunden als „{{label}}“.',
    lost: 'Wir erreichen den Server gerade nicht. Wir versuchen es weiter.',
    never: {
      title: 'Niemand darf Ihnen die Zahl nennen',
      text: 'Nicht der Helpdesk, nicht Ihre Chefin. Sie lesen sie vom Bildschirm vor Ihnen ab.',
    },
    notify: {
      title: 'Soll dieses Telefon klingeln?',
      text: 'Ohne Mitteilungen öffnen Sie Latchkey selbst, wenn es gebraucht wird.',
      allow: 'Mitteilungen erlauben',
      on: 'Dieses Telefon klingelt, wenn Sie gefragt werden.',
      blocked:
        'Mitteilungen sind für diese Seite ausgeschaltet. Sie können sie stattdessen selbst öffnen.',
      unsupported:
        'Dieser Browser kann nicht klingeln. Öffnen Sie diese Seite selbst, wenn sie gebraucht wird.',
      failed:
        'Mitteilungen gehen gerade nicht. Öffnen Sie diese Seite selbst, wenn sie gebraucht wird.',
    },
  },
  question: {
    title: 'Sind Sie das?',
    purpose: {
      reset: 'Jemand möchte ein neues Passwort für Ihr Konto wählen.',
      unlock: 'Jemand möchte Ihr Konto entsperren.',
      methods: 'Jemand ist im Portal angemeldet und möchte ändern, wie Sie wieder hineinkommen.',
    },
    when: 'Wann',
    now: 'Gerade eben, um {{time}}',
    where: 'Aus dem Netz',
    account: 'Konto',
    number: 'Zahl auf Ihrem anderen Bildschirm',
    numberHint: 'Zwei Ziffern. Tippen Sie sie nur, wenn Sie sie vom Bildschirm vor Ihnen ablesen.',
    missing: 'Tippen Sie die zwei Ziffern, die der andere Bildschirm zeigt.',
    submit: 'Bestätigen',
    deny: 'Das war ich nicht',
    left: 'noch {{time}}',
    leftSpoken: 'Eine Frage ist da. Sie ist zwei Minuten lang offen.',
  },
  told: {
    approved: { title: 'Erledigt', text: 'Machen Sie am anderen Bildschirm weiter.' },
    wrong: {
      title: 'Das war nicht die Zahl',
      text: 'Nichts wurde bestätigt. Lassen Sie sich am anderen Bildschirm eine neue zeigen und vergleichen Sie.',
    },
    denied: {
      title: 'Angehalten. Niemand kommt hinein',
      text: 'Wir haben es beendet und Ihnen eine Mail geschickt. Verständigen Sie bitte auch Ihren Helpdesk: Vielleicht ist jemand hinter Ihrem Konto her.',
    },
    over: {
      title: 'Dafür ist es zu spät',
      text: 'Es ist schon vorbei. Wenn Sie noch hineinmöchten, lassen Sie sich eine neue Zahl zeigen.',
    },
    close: 'OK',
  },
  gone: {
    title: 'Dieses Telefon ist nicht mehr verbunden',
    text: 'Es wurde entfernt, oder das Verbinden wurde nie beendet. Was es sagt, zählt jetzt nicht.',
    again: 'Neu verbinden',
  },
  failed: 'Diese Seite kann gerade nicht gezeigt werden',
}
