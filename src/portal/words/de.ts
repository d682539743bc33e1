import type { Translation } from '../../ui/i18n.ts'
import { recoveryCodesGerman } from '../recovery-codes/words-de.ts'
import type { portalEnglish } from './en.ts'

/** Das Portal auf Deutsch: für Menschen, die das einmal machen, zwischen zwei Terminen. */
export const portalGerman: Translation<typeof portalEnglish> = {
  goOn: 'Weiter',
  tryAgain: 'Noch einmal versuchen',
  waiting: 'In {{time}} können Sie es noch einmal versuchen.',
  steps: {
    signIn: 'Anmelden',
    first: 'Erstes Verfahren',
    second: 'Zweites Verfahren',
    another: 'Weiteres Verfahren',
    ready: 'Für den Notfall bereit',
  },
  failed: { title: 'Diese Seite lässt sich gerade nicht zeigen' },
  signIn: {
    title: 'Vorsorgen, bevor Sie es brauchen',
    intro:
      'Richten Sie in etwa zwei Minuten Ihre eigenen Wege zurück ein. Sind Sie einmal ausgesperrt, wählen Sie damit allein ein neues Passwort, zu jeder Uhrzeit.',
    account: 'Kontoname oder dienstliche Mailadresse',
    accountHint: 'Der Name, mit dem Sie sich am Computer anmelden.',
    password: 'Firmenpasswort',
    submit: 'Anmelden',
    missingAccount: 'Geben Sie zuerst Ihren Kontonamen ein.',
    missingPassword: 'Geben Sie zuerst Ihr Passwort ein.',
    refused:
      'Kontoname und Passwort passen nicht zusammen. Prüfen Sie beides: Ist die Feststelltaste an?',
    tooMany: {
      title: 'Hier machen wir eine Pause',
      text: 'Es gab mehrere falsche Passwörter. Wir halten an, bevor Windows Ihr Konto sperren würde.',
    },
    mustChange: {
      title: 'Ihr Passwort ist abgelaufen',
      text: 'Es stimmt, muss aber zuerst geändert werden. Wählen Sie am Anmeldebildschirm Ihres Computers ein neues und melden Sie sich dann hier damit an.',
    },
  },
  signedOut: {
    idle: {
      title: 'Sie wurden abgemeldet',
      text: 'Eine Weile ist nichts passiert, deshalb haben wir für Sie zugemacht. Melden Sie sich an, um weiterzumachen.',
    },
    ended: {
      title: 'Sie wurden abgemeldet',
      text: 'Ihre Sitzung ist zu Ende. Was Sie abgeschlossen hatten, bleibt. Melden Sie sich an, um weiterzumachen.',
    },
    left: { title: 'Sie sind abgemeldet', text: 'Bis zum nächsten Mal.' },
  },
  signOut: 'Abmelden',
  signedInAs: 'Angemeldet als',
  home: {
    title: 'Ihre Wege zurück',
    ready: {
      title: 'Sie kämen heute allein wieder hinein',
      text: 'Ausgesperrt? Starten Sie Latchkey auf einem Computer Ihrer Organisation und zeigen Sie, was Sie hier eingerichtet haben.',
    },
    almost: {
      title_one: 'Eines fehlt noch',
      title_other: '{{count}} fehlen noch',
      text: 'Gefragt werden verschiedene Verfahren, damit ein gestohlenes Telefon oder ein offenes Postfach allein niemanden hineinlässt.',
    },
    almostStrong: {
      title_one: 'Eines fehlt noch',
      title_other: '{{count}} fehlen noch',
      text: 'Mail und SMS allein reichen nicht. Fügen Sie eine Authenticator-App hinzu: Sie beweist viel mehr.',
    },
    almostResistant: {
      title_one: 'Eines fehlt noch',
      title_other: '{{count}} fehlen noch',
      text: 'Ihre Organisation verlangt einen Passkey oder einen Sicherheitsschlüssel: Den kann Ihnen niemand abschwatzen.',
    },
    off: {
      title: 'Das steht Ihnen noch nicht offen',
      text: 'Ihre Organisation hat es für Ihr Konto nicht eingeschaltet. Was Sie hier einrichten, bleibt, bis sie es tut.',
    },
    keptOut: {
      title: 'Nicht für Konten wie Ihres',
      text: 'Die Regeln im Verzeichnis Ihrer Organisation schließen dieses Konto aus. Wenn Sie sich nicht anmelden können, rufen Sie bitte den Helpdesk an.',
    },
    within_one: 'Ihre Organisation bittet Sie, innerhalb eines Tages bereit zu sein.',
    within_other: 'Ihre Organisation bittet Sie, innerhalb von {{count}} Tagen bereit zu sein.',
    nothing: {
      title: 'Noch ist nichts eingerichtet',
      text_one: 'Sie brauchen ein Verfahren, um sich selbst helfen zu können.',
      text_other:
        'Sie brauchen {{count}} verschiedene Verfahren, um sich selbst helfen zu können. Beginnen Sie mit einem beliebigen.',
    },
    meter: 'Wären Sie jetzt ausgesperrt',
    meterValue_one: '{{value}} von {{count}} Verfahren',
    meterValue_other: '{{value}} von {{count}} Verfahren',
    list: 'Was Sie eingerichtet haben',
    begin: 'Fangen Sie hiermit an',
    next: 'Das würden wir als Nächstes einrichten',
    others: 'Andere Wege',
    lost: 'Telefon, Schlüssel oder Codes verloren?',
    add: 'Verfahren hinzufügen',
    addMore: 'Weiteres hinzufügen',
  },
  method: {
    added: 'Hinzugefügt am {{date}}',
    used: 'zuletzt benutzt am {{date}}',
    unused: 'noch nicht benutzt',
    until: 'Vorübergehend, bis {{time}}',
    suspended:
      'Nach zu vielen falschen Codes abgeschaltet. Entfernen Sie es und richten Sie es neu ein.',
    reconfirm:
      'Vor langer Zeit bestätigt. Wenn es noch Ihres ist, entfernen Sie es und richten Sie es neu ein, damit wir es wissen.',
    suspendedAuthenticator:
      'Ausgeschaltet: Er hat zu oft versagt oder wurde vielleicht kopiert. Entfernen Sie ihn und richten Sie ihn neu ein.',
    backup: {
      bound: 'Bleibt auf einem Gerät.',
      syncable: 'Kann auf Ihre anderen Geräte kopiert werden.',
      synced: 'Auf Ihre anderen Geräte kopiert.',
    },
    remove: 'Entfernen',
    rename: 'Umbenennen',
    renameLong: '{{label}} umbenennen',
    removeLong: '{{label}} entfernen',
  },
  kind: {
    passkey: {
      title: 'Passkey',
      text: 'Gesicht, Finger oder die PIN Ihres Geräts. Am sichersten, und nichts zu tippen.',
      added: 'Ihr Passkey ist eingerichtet.',
    },
    securityKey: {
      title: 'Sicherheitsschlüssel',
      text: 'Ein kleiner Schlüssel für den USB-Anschluss oder das Lesegerät. So sicher wie ein Passkey.',
      added: 'Ihr Sicherheitsschlüssel ist eingerichtet.',
    },
    push: {
      title: 'Latchkey auf Ihrem Telefon',
      text: 'Ihr Telefon fragt nach einer Zahl, die der andere Bildschirm zeigt.',
      added: 'Ihr Telefon ist verbunden.',
    },
    recoveryCode: {
      title: 'Wiederherstellungs\u00ADcodes',
      text: 'Zehn Codes auf Papier, jeder gilt einmal. Für den Tag, an dem das Telefon weg ist.',
      added: 'Ihre Wiederherstellungs\u00ADcodes sind eingerichtet.',
    },
    temporaryPass: {
      title: 'Einmalpass',
      text: 'Vom Helpdesk, gilt einmal.',
      added: 'Ihr Einmalpass ist bereit.',
    },
    sms: {
      title: 'Telefonnummer',
      text: 'Wir schicken Ihnen einen Code per SMS.',
      added: 'Ihre Telefonnummer ist bestätigt.',
    },
    totp: {
      title: 'Authenticator-App',
      text: 'Sechs Ziffern auf Ihrem Telefon. Geht ganz ohne Netz.',
      firstLabel: 'Mein Telefon',
      added: 'Ihre Authenticator-App ist verbunden.',
    },
    email: {
      title: 'Private Mailadresse',
      text: 'Wir schicken Ihnen einen Code. Nicht in Ihr dienstliches Postfach: Es braucht das Passwort, das vielleicht weg ist.',
      added: 'Ihre Mailadresse ist bestätigt.',
    },
  },
  lost: {
    title: 'Was ist weg?',
    intro:
      'Was Sie hier wählen, gilt sofort nirgends mehr. Wir sagen es Ihnen per Mail an jede hinterlegte Adresse.',
    choose: 'Verloren, gestohlen oder weggegeben',
    missing: 'Wählen Sie zuerst, was weg ist.',
    notEnough: 'Richten Sie gleich danach etwas Neues ein: Was übrig bleibt, reicht nicht.',
    submit: 'Sofort sperren',
    keep: 'Alles behalten',
    done_one: 'Es ist entfernt. Niemand kann es mehr benutzen.',
    done_other: 'Sie sind entfernt. Niemand kann sie mehr benutzen.',
  },
  recoveryCodes: recoveryCodesGerman,
  rename: {
    label: 'Neuer Name für „{{label}}“',
    missing: 'Geben Sie ihm einen Namen, etwa „Mein Telefon“.',
    save: 'Namen speichern',
    cancel: 'Alten behalten',
    done: 'Es heißt jetzt „{{label}}“.',
  },
  removal: {
    title: '„{{label}}“ entfernen?',
    text: 'Danach beweist es nichts mehr. Wir sagen es Ihnen per Mail an jede hinterlegte Adresse.',
    warning: 'Danach könnten Sie sich nicht mehr selbst helfen.',
    keep: 'Behalten',
    remove: 'Entfernen',
    done: '„{{label}}“ ist entfernt.',
  },
  passkey: {
    title: { passkey: 'Passkey hinzufügen', securityKey: 'Sicherheitsschlüssel hinzufügen' },
    intro: {
      passkey:
        'Dieses Gerät erzeugt einen Schlüssel, den nur Ihr Gesicht, Ihr Finger oder seine PIN freigibt. Er ist dort, wo Sie an diesem Gerät angemeldet sind. Für einen Anmeldebildschirm brauchen Sie noch etwas anderes.',
      securityKey:
        'Halten Sie ihn bereit. Vielleicht fragt er nach einer PIN: Das ist die PIN des Schlüssels, nicht Ihr Passwort.',
    },
    firstLabel: { passkey: 'Dieser Computer', securityKey: 'Mein Sicherheitsschlüssel' },
    nameMissing: 'Geben Sie ihm einen Namen, etwa „Dieser Computer“.',
    submit: { passkey: 'Passkey erzeugen', securityKey: 'Schlüssel verbinden' },
    asking: 'Folgen Sie dem, was Ihr Browser von Ihnen möchte',
    askingText: {
      passkey: 'Nehmen Sie Ihr Gesicht, Ihren Finger oder die PIN dieses Geräts.',
      securityKey:
        'Stecken Sie den Schlüssel ein oder halten Sie ihn an das Lesegerät, und berühren Sie ihn, wenn er blinkt.',
    },
    stop: 'Nicht länger warten',
    back: 'Etwas anderes wählen',
  },
  authenticator: {
    title: 'Authenticator-App hinzufügen',
    intro: 'Eine App auf Ihrem Telefon, die alle 30 Sekunden einen neuen Code zeigt.',
    getApp: 'Holen Sie sich eine App, wenn Sie noch keine haben',
    getAppText:
      'Jede Authenticator-App geht, zum Beispiel Microsoft Authenticator, Google Authenticator, 2FAS oder Ihr Passwortmanager. Sie finden sie im App-Store Ihres Telefons.',
    name: 'Wie soll sie heißen?',
    nameHint: 'Damit Sie Ihre Geräte später auseinanderhalten können.',
    nameMissing: 'Geben Sie ihr einen Namen, zum Beispiel „Mein Telefon“.',
    begin: 'Bild zum Scannen zeigen',
    connectTitle: 'App verbinden',
    scan: 'Scannen Sie dieses Bild',
    scanText:
      'Wählen Sie in der App „+“ oder „Konto hinzufügen“ und richten Sie die Kamera hierher.',
    picture: 'QR-Code für Ihre Authenticator-App',
    open: 'Am Telefon hier? App öffnen',
    byHand: 'Die Kamera geht nicht? Tippen Sie stattdessen diesen Schlüssel ab',
    byHandText:
      'Wählen Sie „Einrichtungsschlüssel eingeben“. Konto: {{account}}. Art: zeitbasiert.',
    key: 'Schlüssel',
    copy: 'Schlüssel kopieren',
    copied: 'Kopiert',
    code: 'Geben Sie den Code ein, den die App jetzt zeigt',
    codeHint: 'Sechs Ziffern. Wechseln sie gleich, warten Sie auf die nächsten.',
    submit: 'Verbinden',
    refused:
      'Das ist nicht der Code für diesen Moment. Warten Sie auf den nächsten. Bleibt er falsch, stellen Sie die Uhr Ihres Telefons auf automatisch.',
  },
  phone: {
    title: 'Latchkey auf dem Telefon einrichten',
    intro:
      'Wenn Sie ausgesperrt sind, fragt Ihr Telefon nach einer Zahl, die der andere Bildschirm zeigt. Zwei Sekunden, und schwer zu überlisten.',
    app: 'Es ist eine Seite Ihrer Organisation, die Sie auf dem Telefon öffnen. Zu installieren ist nichts; Sie können sie auf den Startbildschirm legen.',
    begin: 'Bild zum Scannen zeigen',
    pairTitle: 'Telefon verbinden',
    scan: 'Scannen Sie dieses Bild mit der Kamera Ihres Telefons',
    scanText:
      'Öffnen Sie den Link, der erscheint, geben Sie dem Telefon einen Namen und wählen Sie „Verbinden“. Das Bild gilt einmal, zehn Minuten lang.',
    picture: 'QR-Code mit dem Link für Ihr Telefon',
    open: 'Auf diesem Telefon? Hier öffnen',
    byHand: 'Die Kamera geht nicht? Nehmen Sie diesen Link',
    byHandText:
      'Schicken Sie ihn niemandem als sich selbst: Wer ihn zuerst öffnet, verbindet sein Telefon.',
    copy: 'Link kopieren',
    copied: 'Kopiert',
    compare: 'Vergleichen',
    number: 'Zahl, die Ihr Telefon jetzt zeigt',
    numberHint:
      'Zwei Ziffern. Wenn Ihr Telefon sagt, dass der Link schon benutzt wurde, fangen Sie neu an.',
    missing: 'Tippen Sie die zwei Ziffern, die Ihr Telefon zeigt.',
    notYet: 'Noch hat kein Telefon den Link geöffnet. Scannen Sie zuerst das Bild.',
    refused: 'Das ist nicht die Zahl. Zur Sicherheit wurde nichts verbunden. Fangen Sie neu an.',
    over: 'Das Bild ist zu alt oder wurde durch ein neueres ersetzt. Fangen Sie neu an.',
    submit: 'Verbinden',
  },
  mail: {
    title: 'Private Mailadresse hinzufügen',
    intro: 'Eine Adresse, die Sie ohne Ihr Arbeitspasswort lesen können, zum Beispiel am Telefon.',
    address: 'Mailadresse',
    addressHint: 'Nur für Codes, und um Ihnen Änderungen mitzuteilen.',
    addressMissing: 'Geben Sie zuerst Ihre Mailadresse ein.',
    addressMalformed:
      'Das sieht nicht nach einer Mailadresse aus. Sie braucht ein „@“ und eine Domain.',
    addressOfWork:
      'Dieses Postfach öffnet sich mit Ihrem Arbeitspasswort. Wählen Sie ein privates.',
    addressTwice: 'Diese Adresse ist schon eingerichtet. Wählen Sie eine andere.',
    send: 'Code schicken',
    codeTitle: 'Sehen Sie in Ihr Postfach',
    codeIntro: 'Wir haben einen Code an {{address}} geschickt.',
    code: 'Code aus der Mail',
    codeHint: 'Es kann eine Minute dauern, und er kann im Spam-Ordner liegen. Gültig bis {{time}}.',
    submit: 'Bestätigen',
    again: 'Neuen Code schicken',
    againIn: 'Neuen Code schicken in {{time}}',
    sentAgain: 'Ein neuer Code ist unterwegs. Nur der neueste gilt.',
    other: 'Andere Adresse nehmen',
    refused: 'Dieser Code stimmt nicht. Nehmen Sie den aus der neuesten Mail.',
  },
  number: {
    title: 'Mobilnummer hinzufügen',
    intro:
      'Ein Telefon von Ihnen, das SMS empfängt. Sie zählt zusammen mit einem stärkeren Verfahren.',
    number: 'Mobilnummer',
    numberHint: 'Nur für Codes. Aus einem anderen Land beginnt sie mit +, zum Beispiel +43.',
    numberMissing: 'Geben Sie zuerst Ihre Mobilnummer ein.',
    numberMalformed:
      'Diese Nummer gibt es nicht. Prüfen Sie die Ziffern; aus dem Ausland beginnt sie mit „+“.',
    numberRefused:
      'Dorthin können wir keine SMS schicken. Nehmen Sie eine Mobilnummer aus einem Land, das Ihre Organisation erlaubt.',
    numberTwice: 'Diese Nummer ist schon eingerichtet. Nehmen Sie eine andere.',
    send: 'Code per SMS schicken',
    codeTitle: 'Sehen Sie auf Ihr Telefon',
    codeIntro: 'Wir haben einen Code an {{address}} geschickt.',
    code: 'Code aus der SMS',
    codeHint: 'Es kann eine Minute dauern. Gültig bis {{time}}.',
    submit: 'Bestätigen',
    refused: 'Dieser Code stimmt nicht. Nehmen Sie den aus der neuesten SMS.',
  },
  attemptsLeft_zero: 'Damit geht kein weiterer Versuch. Bitte beginnen Sie neu.',
  attemptsLeft_one: 'Noch ein Versuch.',
  attemptsLeft_other: 'Noch {{count}} Versuche.',
  begin: 'Neu beginnen',
  code: {
    missing: 'Geben Sie zuerst den Code ein.',
    malformed: 'Ein Code hat sechs Ziffern.',
    mistyped: 'Er hat 15 Buchstaben und Ziffern. Eines davon fehlt oder ist vertippt.',
  },
  stepUp: {
    title: 'Zeigen Sie zuerst, dass Sie es sind',
    intro:
      'Sie ändern, wie Sie wieder hineinkommen. Deshalb fragen wir nach etwas, das Sie schon eingerichtet haben.',
    choose: 'Beweisen mit',
    none: {
      title: 'Keines Ihrer Verfahren kann das gerade beweisen',
      text: 'Sie wurden nach zu vielen falschen Codes abgeschaltet, oder Ihre Organisation nimmt sie hier nicht an. Bitte rufen Sie den Helpdesk an.',
    },
    code: {
      totp: 'Code, den „{{label}}“ jetzt zeigt',
      recoveryCode: 'Einer Ihrer Wiederherstellungscodes',
      temporaryPass: 'Einmalpass vom Helpdesk',
      sms: 'Code aus der SMS an {{label}}',
      email: 'Code aus der Mail an {{label}}',
    },
    phone: {
      intro: 'Wir zeigen Ihnen eine Zahl. Tippen Sie sie in „{{label}}“ ein.',
      ask: 'Zahl zeigen',
      again: 'Neue Zahl zeigen',
      type: 'Tippen Sie diese Zahl in Ihr Telefon',
      left: 'noch {{time}}',
      wrong:
        'In das Telefon wurde eine andere Zahl getippt. Lassen Sie sich eine neue zeigen und vergleichen Sie.',
      denied: 'Das Telefon hat gesagt: „Das war ich nicht“.',
      expired:
        'Die Zeit für diese Zahl ist um. Nehmen Sie Ihr Telefon zur Hand und lassen Sie sich eine neue zeigen.',
    },
    intros: {
      email: 'Wir schicken einen Code an {{label}}.',
      sms: 'Wir schicken einen Code per SMS an {{label}}.',
    },
    send: { email: 'Code schicken', sms: 'Code per SMS schicken' },
    sent: 'Ein Code ist unterwegs an {{label}}. Nur der neueste gilt.',
    submit: 'Beweisen',
    refused:
      'Dieser Code wurde nicht angenommen. Jeder gilt nur einmal: Warten Sie auf den nächsten.',
    refusedAuthenticator:
      'Das wurde nicht angenommen. Versuchen Sie es noch einmal, oder nehmen Sie etwas anderes.',
    refusedWritten:
      'Das wurde nicht angenommen. Prüfen Sie jedes Zeichen. Jeder Code gilt nur einmal.',
    lost: 'Telefon verloren oder ersetzt? Ein Code per Mail genügt für diese Änderung nicht. Bitte rufen Sie den Helpdesk an.',
    cancel: 'Jetzt nicht',
  },
  idle: {
    title: 'Sind Sie noch da?',
    text: 'In {{time}} melden wir Sie ab, damit niemand anderes diese Seite offen findet.',
    endsTitle: 'Ihre Sitzung endet gleich',
    endsText:
      'Nach acht Stunden endet sie auf jeden Fall: in {{time}}. Bitte schließen Sie ab, was Sie begonnen haben.',
    stay: 'Angemeldet bleiben',
    finish: 'Ich schließe ab',
  },
}
