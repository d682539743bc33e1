import type { Translation } from '../../ui/i18n.ts'
import type { journeyEnglish } from './en.ts'

/** Der Weg auf Deutsch: klar, kurz und freundlich, für jemanden, der es eilig hat. */
export const journeyGerman: Translation<typeof journeyEnglish> = {
  steps: {
    account: 'Wer Sie sind',
    prove: 'Nachweis',
    password: 'Neues Passwort',
    unlock: 'Entsperren',
    done: 'Anmelden',
  },
  goOn: 'Weiter',
  tryAgain: 'Noch einmal versuchen',
  tryAgainIn: 'Noch einmal versuchen in {{time}}',
  startAgain: 'Neu beginnen',
  leave: {
    'login-screen': 'Zurück zur Anmeldung',
    window: 'Schließen',
    browser: 'Hier aufhören',
  },
  oldPassword: {
    replaced: 'Ihr altes Passwort gilt nicht mehr. Bitte wählen Sie jetzt ein neues.',
    unknown:
      'Ihr altes Passwort gilt vielleicht nicht mehr. Bitte wählen Sie sicherheitshalber ein neues.',
  },
  account: {
    title: 'Wer sind Sie?',
    intro: 'Wir bringen Sie wieder hinein. Es dauert etwa eine Minute.',
    label: 'Kontoname oder dienstliche Mailadresse',
    description: 'Der Name, mit dem Sie sich an diesem Computer anmelden.',
    missing: 'Geben Sie zuerst Ihren Kontonamen ein.',
    purpose: 'Was brauchen Sie?',
    reset: 'Ein neues Passwort',
    resetText: 'Ich habe meines vergessen, oder es ist abgelaufen.',
    unlock: 'Nur mein Konto entsperren',
    unlockText: 'Ich kenne mein Passwort, bin aber ausgesperrt.',
  },
  methods: {
    title: 'Wie möchten Sie sich ausweisen?',
    titleNext: 'Wie geht es weiter?',
    titleDone: 'Sie haben sich ausgewiesen',
    need_one: 'Ein Nachweis ist nötig.',
    need_other: '{{count}} verschiedene Nachweise sind nötig, die Reihenfolge ist egal.',
    remaining_one: 'Gut gemacht. Noch ein Nachweis ist nötig.',
    remaining_other: 'Gut gemacht. Noch {{count}} Nachweise sind nötig.',
    nothingLeft: 'Mehr ist nicht nötig. Sie können weitermachen.',
    until: 'Bitte werden Sie bis {{time}} fertig.',
    list: 'Ihre Möglichkeiten',
    proven: 'Erledigt',
    none: 'Wenn Sie nichts davon zur Hand haben, kann Ihnen nur der Helpdesk helfen.',
  },
  kind: {
    passkey: {
      title: 'Passkey',
      text: 'Mit Gesicht, Finger oder der PIN dieses Geräts',
    },
    securityKey: {
      title: 'Sicherheitsschlüssel',
      text: 'Der kleine Schlüssel für den USB-Anschluss oder das Lesegerät',
    },
    push: {
      title: 'Latchkey auf Ihrem Telefon',
      text: 'Sie tippen dort eine Zahl ein, die Sie hier sehen',
    },
    totp: {
      title: 'Authenticator-App',
      text: 'Die sechs Ziffern, die Ihre App anzeigt',
    },
    recoveryCode: {
      title: 'Wiederherstellungs\u00ADcode',
      text: 'Einer der zehn, die Sie ausgedruckt oder notiert haben',
    },
    temporaryPass: {
      title: 'Einmalpass',
      text: 'Vom Helpdesk, für heute',
    },
    sms: {
      title: 'Code per SMS',
      text: 'An die Telefonnummer, die für Sie hinterlegt ist',
    },
    email: {
      title: 'Code per Mail',
      text: 'An die private Mailadresse, die Sie hinterlegt haben',
    },
  },
  prove: {
    title: 'Weisen Sie sich aus · {{position}} von {{count}}',
    label: {
      totp: 'Code aus Ihrer Authenticator-App',
      recoveryCode: 'Wiederherstellungscode',
      temporaryPass: 'Einmalpass',
      sms: 'Code aus der SMS',
      email: 'Code aus der Mail',
    },
    help: {
      passkey: 'Dieses Gerät fragt nach Gesicht, Finger oder PIN. Hier tippen Sie nichts ein.',
      securityKey:
        'Stecken Sie den Schlüssel ein oder halten Sie ihn ans Lesegerät, und berühren Sie ihn, wenn er blinkt.',
      push: 'Öffnen Sie Latchkey auf Ihrem Telefon. Es fragt nach der Zahl, die Sie hier sehen.',
      recoveryCode:
        'Geben Sie einen Ihrer Wiederherstellungscodes ein. Jeder gilt einmal: Streichen Sie ihn danach durch.',
      temporaryPass: 'Geben Sie den Pass ein, den Ihnen der Helpdesk gegeben hat. Er gilt einmal.',
      sms: 'Wir haben einen Code an die Telefonnummer geschickt, die für Sie hinterlegt ist.',
      totp: 'Öffnen Sie die App auf Ihrem Telefon und geben Sie die Ziffern ein, die sie für Ihr Arbeitskonto anzeigt.',
      email: 'Wir haben einen Code an die private Mailadresse geschickt, die Sie hinterlegt haben.',
    },
    waiting: {
      passkey: 'Wir warten auf Ihren Passkey …',
      securityKey: 'Wir warten auf Ihren Sicherheitsschlüssel …',
    },
    waitingText:
      'Folgen Sie dem, was dieser Computer von Ihnen möchte. Vielleicht steht es hinter diesem Fenster.',
    stop: 'Nicht länger warten',
    useAnother: 'Etwas anderes nehmen',
    phone: {
      asking: 'Wir fragen Ihr Telefon …',
      type: 'Tippen Sie diese Zahl in Ihr Telefon',
      left: 'noch {{time}}',
      nothing:
        'Nichts auf Ihrem Telefon? Öffnen Sie dort Latchkey. Wenn es dann noch nichts fragt, nehmen Sie etwas anderes.',
      again: 'Neue Zahl zeigen',
      againIn: 'Neue Zahl in {{time}}',
      wrong: 'Das war nicht die Zahl',
      wrongText:
        'In das Telefon wurde eine andere getippt. Lassen Sie sich eine neue zeigen und vergleichen Sie.',
      expired: 'Die Zeit für diese Zahl ist um',
      expiredText:
        'Niemand hat sie in ein Telefon getippt. Nehmen Sie Ihr Telefon zur Hand und lassen Sie sich eine neue zeigen.',
    },
    sending: 'Wir schicken Ihnen einen Code …',
    sent: {
      sms: 'Geschickt um {{time}}. Es kann eine Minute dauern.',
      email:
        'Geschickt um {{time}}. Es kann eine Minute dauern. Sehen Sie auch im Spam-Ordner nach.',
    },
    newest: 'Nur der neueste Code gilt.',
    resend: 'Neuen Code schicken',
    resendIn: 'Neuer Code in {{time}}',
    send: 'Code schicken',
    malformed: 'Ein Code hat sechs bis acht Ziffern.',
    mistyped: {
      recoveryCode:
        'Ein Wiederherstellungscode hat 15 Buchstaben und Ziffern. Eines davon fehlt oder ist vertippt.',
      temporaryPass:
        'Ein Einmalpass hat 15 Buchstaben und Ziffern. Eines davon fehlt oder ist vertippt.',
    },
    missing: 'Geben Sie zuerst den Code ein.',
    refused: {
      passkey:
        'Das hat nicht geklappt. Versuchen Sie es noch einmal oder nehmen Sie etwas anderes.',
      securityKey:
        'Das hat nicht geklappt. Versuchen Sie es noch einmal oder nehmen Sie etwas anderes.',
      recoveryCode:
        'Dieser Code wurde nicht angenommen. Prüfen Sie jedes Zeichen oder nehmen Sie einen anderen.',
      temporaryPass:
        'Dieser Pass wurde nicht angenommen. Prüfen Sie jedes Zeichen oder rufen Sie den Helpdesk an.',
      sms: 'Dieser Code wurde nicht angenommen. Sehen Sie in die neueste SMS und geben Sie deren Code ein.',
      totp: 'Dieser Code wurde nicht angenommen. Warten Sie auf den nächsten in Ihrer App und geben Sie ihn ein.',
      email:
        'Dieser Code wurde nicht angenommen. Sehen Sie in die neueste Mail und geben Sie deren Code ein.',
    },
    attemptsLeft_one: 'Sie haben noch einen Versuch.',
    attemptsLeft_other: 'Sie haben noch {{count}} Versuche.',
    other: 'Das geht bei mir gerade nicht',
  },
  preparing: {
    title: 'Danke. Einen Moment …',
    intro: 'Wir bereiten alles vor. Noch wurde nichts geändert.',
    list: 'Was gerade geschieht',
  },
  password: {
    title: 'Wählen Sie ein neues Passwort',
    titleAgain: 'Wählen Sie ein anderes Passwort',
    intro: 'Für {{account}}. Lang und gut zu merken ist besser als kurz und kompliziert.',
    label: 'Neues Passwort',
    repeat: 'Noch einmal dasselbe',
    repeatHelp: 'Oder drücken Sie oben „Anzeigen“ und prüfen Sie es mit den Augen.',
    rules: 'Was es braucht',
    rule: {
      min_length_one: 'Mindestens ein Zeichen',
      min_length_other: 'Mindestens {{count}} Zeichen',
      max_length_one: 'Höchstens ein Zeichen',
      max_length_other: 'Höchstens {{count}} Zeichen',
      complexity: 'Drei davon: Großbuchstaben, Kleinbuchstaben, Ziffern, Zeichen',
      no_name: 'Nicht Ihr Name oder Ihr Kontoname',
      no_banned_word: 'Keines der Wörter Ihrer Firma',
      not_leaked: 'Nicht aus Datenlecks bekannt',
      history_one: 'Nicht Ihr letztes Passwort',
      history_other: 'Keines Ihrer letzten {{count}} Passwörter',
      stricter: 'Ihre Firma kann noch mehr verlangen',
    },
    missing: 'Geben Sie zuerst ein neues Passwort ein.',
    unmet: 'Noch nicht: Sehen Sie in die Liste darunter.',
    different: 'Die beiden sind nicht gleich.',
    leaked: 'Dieses ist geleakt: Angreifer probieren es zuerst. Bitte wählen Sie ein anderes.',
    leakedAnyway:
      'Dieses ist geleakt: Angreifer probieren es zuerst. Wählen Sie besser ein anderes, oder drücken Sie noch einmal, um es trotzdem zu nehmen.',
    unchecked:
      'Wir konnten nicht herausfinden, ob dieses geleakt ist. Deshalb ist es noch nicht gesetzt. Drücken Sie noch einmal, um es erneut zu versuchen.',
    progress: '{{met}} von {{count}} Regeln erfüllt',
    progressAll: 'Alle Regeln erfüllt.',
    strength: 'Wie schwer es zu erraten ist',
    strengthValue: {
      '0': 'Sehr leicht',
      '1': 'Leicht',
      '2': 'Mittel',
      '3': 'Schwer',
      '4': 'Sehr schwer',
    },
    strengthWait: 'Wird gemessen …',
    strengthEmpty: 'Noch nichts eingegeben',
    suggest: 'Schlagen Sie mir eines vor',
    suggestion: 'Wie wäre es damit?',
    suggestionHelp: 'Stellen Sie sich die Wörter nacheinander vor, wie eine kleine Geschichte.',
    use: 'Dieses nehmen',
    another: 'Ein anderes',
    taken: 'Es steht jetzt unten im Feld. Nehmen Sie sich einen Moment, um es sich zu merken.',
    submit: 'Dieses Passwort setzen',
    refused: 'Das Verzeichnis hat dieses Passwort abgelehnt',
    notTaken: 'Dieses Passwort geht nicht',
    tooShort_one: 'Es braucht mindestens ein Zeichen.',
    tooShort_other: 'Es braucht mindestens {{count}} Zeichen.',
    historyKnown_one: 'Es ist Ihr letztes Passwort. Wählen Sie ein neues.',
    historyKnown_other: 'Es ist eines Ihrer letzten {{count}} Passwörter. Wählen Sie ein neues.',
    relayTitle: 'Dieser Computer erreicht das Netz Ihrer Firma nicht',
    relay:
      'Das macht nichts: Ihr neues Passwort geht versiegelt an den Passwortdienst, und der gibt es weiter.',
  },
  writing: {
    title: 'Ihr neues Passwort wird gesetzt',
    titleUnlock: 'Ihr Konto wird entsperrt',
    intro: 'Das dauert einige Sekunden. Bitte lassen Sie diesen Computer eingeschaltet.',
    list: 'Was gerade geschieht',
    slow: 'Es dauert länger als sonst. Wir sind noch dabei.',
  },
  progress: {
    finding_controller: 'Das Verzeichnis Ihrer Firma wird gesucht',
    planning: 'Es wird gefragt, welche Regeln für Sie gelten',
    connecting: 'Verbindung zum Verzeichnis',
    preparing_account: 'Ihr Konto wird vorbereitet',
    setting_password: 'Ihr neues Passwort wird gesetzt',
    confirming: 'Es wird geprüft, ob alles stimmt',
    unlocking: 'Ihr Konto wird entsperrt',
  },
  done: {
    title: 'Ihr neues Passwort gilt',
    titleUnlock: 'Ihr Konto ist entsperrt',
    intro: 'Sie können sich jetzt als {{account}} anmelden.',
    next: 'Was jetzt zu tun ist',
    signIn: {
      'login-screen':
        'Gehen Sie zurück zur Anmeldung und melden Sie sich als {{account}} mit Ihrem neuen Passwort an.',
      window:
        'Sperren Sie diesen Computer und entsperren Sie ihn mit Ihrem neuen Passwort, damit auch er es kennt.',
      browser: 'Melden Sie sich als {{account}} mit Ihrem neuen Passwort an.',
    },
    signInUnlock: {
      'login-screen':
        'Gehen Sie zurück zur Anmeldung und melden Sie sich als {{account}} mit Ihrem gewohnten Passwort an.',
      window: 'Melden Sie sich als {{account}} mit Ihrem gewohnten Passwort an.',
      browser: 'Melden Sie sich als {{account}} mit Ihrem gewohnten Passwort an.',
    },
    devices:
      'Ändern Sie es auch auf Ihrem Telefon und überall, wo das alte gespeichert ist. Sonst könnten diese Geräte Sie wieder aussperren.',
    told: 'Sie bekommen außerdem eine Mail, dass das geschehen ist.',
    relayTitle: 'Dieser Computer kennt es noch nicht',
    relay:
      'Er hat das Netz Ihrer Firma nicht erreicht. Bis er es erreicht, fragt er noch nach Ihrem alten Passwort.',
    connect:
      'Verbinden Sie diesen Computer mit dem Netz Ihrer Firma: per Kabel, Firmen-WLAN oder VPN.',
    forgot: 'Ich habe auch mein Passwort vergessen',
  },
  failure: {
    waiting: 'Sie können es in {{time}} noch einmal versuchen.',
    waited: 'Sie können es jetzt noch einmal versuchen.',
  },
  deadline: {
    title: 'Noch {{time}}.',
    text: 'Danach müssten Sie zu Ihrer Sicherheit neu beginnen.',
    spoken: 'Sie haben noch {{time}}.',
  },
  leaving: {
    title: 'Jetzt gehen?',
    titleOther: 'Mit einem anderen Konto neu beginnen?',
    text: 'Sie müssten sich danach noch einmal ausweisen.',
    textReplaced:
      'Ihr altes Passwort gilt nicht mehr, und ein neues ist nicht gesetzt. Sie könnten sich erst wieder anmelden, wenn Sie hier zu Ende gebracht haben, was Sie begonnen haben.',
    textUnknown:
      'Ihr altes Passwort gilt vielleicht nicht mehr, und das neue ist nicht bestätigt. Bringen Sie es besser erst zu Ende.',
    stay: 'Hierbleiben',
    goOn: 'Gehen',
    other: 'Neu beginnen',
  },
}
