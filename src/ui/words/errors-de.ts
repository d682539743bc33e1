import type { Translation } from '../translation.ts'
import type { errorsEnglish } from './errors-en.ts'

/** What went wrong, and what to do next, for every code. */
export const errorsGerman: Translation<typeof errorsEnglish> = {
  code: {
    invalid_request: {
      title: 'Das war nicht lesbar',
      text: 'Prüfen Sie Ihre Eingabe und versuchen Sie es noch einmal.',
    },
    unauthorized: {
      title: 'Bitte beginnen Sie neu',
      text: 'Zu Ihrer Sicherheit wurde dieser Versuch beendet. Ein neuer dauert etwa eine Minute.',
    },
    clock_skew: {
      title: 'Die Uhr dieses Computers geht falsch',
      text: 'Sie weicht zu stark von der des Servers ab. Verbinden Sie den Computer mit dem Netzwerk und beginnen Sie neu. Bleibt die Zeit falsch, rufen Sie den Helpdesk an.',
    },
    sign_in_refused: {
      title: 'Das passt nicht zusammen',
      text: 'Kontoname oder Passwort stimmen nicht. Prüfen Sie beides und versuchen Sie es noch einmal.',
    },
    password_must_change: {
      title: 'Ihr Passwort ist abgelaufen',
      text: 'Wählen Sie zuerst ein neues Passwort und melden Sie sich dann damit an.',
    },
    session_required: {
      title: 'Sie sind abgemeldet',
      text: 'Melden Sie sich wieder an, um weiterzumachen.',
    },
    step_up_required: {
      title: 'Noch eine Prüfung',
      text: 'Bestätigen Sie mit einem Verfahren, das Sie schon eingerichtet haben, und versuchen Sie es dann noch einmal.',
    },
    cross_origin: {
      title: 'Diese Anfrage wurde angehalten',
      text: 'Sie kam von einer anderen Website. Öffnen Sie diese Seite über ihre eigene Adresse und versuchen Sie es noch einmal.',
    },
    account_not_eligible: {
      title: 'Das können Sie nicht selbst erledigen',
      text: 'Bitte rufen Sie den Helpdesk an. Dort kann man Ihnen mit diesem Konto helfen.',
    },
    not_found: {
      title: 'Hier ist nichts mehr',
      text: 'Gehen Sie zurück zum Anfang und versuchen Sie es noch einmal.',
    },
    wrong_state: {
      title: 'Bitte beginnen Sie neu',
      text: 'Dieser Versuch ist schon weiter, vielleicht in einem anderen Fenster. Ein neuer dauert etwa eine Minute.',
    },
    write_in_progress: {
      title: 'Es läuft schon ein anderer Versuch',
      text: 'Gerade setzt jemand dieses Konto zurück. Warten Sie eine Minute und versuchen Sie es noch einmal. Sind Sie das nicht selbst, rufen Sie den Helpdesk an.',
    },
    not_confirmed: {
      title: 'Wir konnten Ihr neues Passwort nicht bestätigen',
      text: 'Vielleicht gilt es schon: Versuchen Sie, sich damit anzumelden. Geht das nicht, beginnen Sie hier neu.',
    },
    already_enrolled: {
      title: 'Das ist schon eingerichtet',
      text: 'Entfernen Sie zuerst das vorhandene, wenn Sie es ersetzen möchten.',
    },
    recovery_expired: {
      title: 'Die Zeit ist um',
      text: 'Zu Ihrer Sicherheit endet jeder Versuch nach einigen Minuten. Beginnen Sie neu: Es dauert etwa eine Minute.',
    },
    address_not_allowed: {
      title: 'Diese Mailadresse geht nicht',
      text: 'Wählen Sie eine, die Sie ohne Ihr Arbeitspasswort lesen können.',
    },
    number_not_allowed: {
      title: 'Diese Telefonnummer geht nicht',
      text: 'Es muss eine Mobilnummer sein, aus einem Land, in das Ihre Organisation SMS schickt.',
    },
    authenticator_not_allowed: {
      title: 'Dieses Modell geht nicht',
      text: 'Ihre Organisation lässt nur bestimmte Geräte zu. Fragen Sie Ihren Helpdesk, welche das sind.',
    },
    proof_refused: {
      title: 'Dieser Code wurde nicht angenommen',
      text: 'Prüfen Sie ihn und geben Sie ihn noch einmal ein, oder warten Sie auf den nächsten.',
    },
    password_refused: {
      title: 'Dieses Passwort wurde abgelehnt',
      text: 'Wählen Sie ein anderes.',
    },
    recovery_locked: {
      title: 'Zu viele falsche Codes',
      text: 'Dieser Versuch ist geschlossen. Beginnen Sie neu, mit einem frischen Code. Klappt es weiterhin nicht, rufen Sie den Helpdesk an.',
    },
    too_many_attempts: {
      title: 'Bitte warten Sie ein wenig',
      text: 'Es gab zu viele falsche Codes. Warten Sie, bis die Zeit um ist, oder nehmen Sie ein anderes Verfahren.',
    },
    too_many_codes: {
      title: 'Im Moment kein neuer Code',
      text: 'Es wurden schon mehrere Codes geschickt. Nehmen Sie den neuesten, oder warten Sie, bevor Sie einen weiteren anfordern.',
    },
    rate_limited: {
      title: 'Bitte warten Sie ein wenig',
      text: 'Von hier kamen viele Anfragen. Warten Sie, bis die Zeit um ist, und versuchen Sie es dann noch einmal.',
    },
    internal: {
      title: 'Etwas ist schiefgegangen',
      text: 'Das liegt an uns, nicht an Ihnen. Versuchen Sie es gleich noch einmal. Bleibt es dabei, rufen Sie den Helpdesk an.',
    },
    directory_refused: {
      title: 'Das Verzeichnis Ihrer Firma lehnt ab',
      text: 'Ein weiterer Versuch ändert daran nichts. Bitte rufen Sie den Helpdesk an.',
    },
    directory_unavailable: {
      title: 'Das Verzeichnis Ihrer Firma antwortet nicht',
      text: 'Warten Sie eine Minute und versuchen Sie es noch einmal. Bleibt es dabei, rufen Sie den Helpdesk an.',
    },
    store_unavailable: {
      title: 'Der Passwortdienst muss pausieren',
      text: 'Er zeichnet jeden Schritt auf, und das geht gerade nicht. Versuchen Sie es in einigen Minuten noch einmal, oder rufen Sie den Helpdesk an.',
    },
    breached_list_unavailable: {
      title: 'Wir konnten dieses Passwort nicht prüfen',
      text: 'Die Liste geleakter Passwörter ist gerade nicht lesbar, deshalb wird keines gesetzt. Versuchen Sie es in einigen Minuten noch einmal, oder rufen Sie den Helpdesk an.',
    },
    overloaded: {
      title: 'Gerade sind viele da',
      text: 'Der Passwortdienst ist ausgelastet. Warten Sie einen Moment und versuchen Sie es noch einmal.',
    },
    backend_unreachable: {
      title: 'Wir erreichen den Passwortdienst nicht',
      text: 'Prüfen Sie, ob dieser Computer verbunden ist, per Kabel oder WLAN, und versuchen Sie es noch einmal.',
    },
    backend_untrusted: {
      title: 'Diese Verbindung ist nicht sicher',
      text: 'Der Passwortdienst konnte nicht zeigen, dass er echt ist. Deshalb wurde ihm nichts geschickt. Nehmen Sie im Hotel oder Café ein anderes Netz. Sonst rufen Sie den Helpdesk an.',
    },
    backend_unexpected: {
      title: 'Die Antwort war unverständlich',
      text: 'Der Passwortdienst hat so geantwortet, dass dieser Computer es nicht versteht. Versuchen Sie es noch einmal. Bleibt es dabei, rufen Sie den Helpdesk an.',
    },
    not_configured: {
      title: 'Dieser Computer ist dafür noch nicht eingerichtet',
      text: 'Er kennt die Adresse des Passwortdienstes nicht. Bitte rufen Sie den Helpdesk an.',
    },
    rules_not_met: {
      title: 'Dieses Passwort erfüllt die Regeln nicht',
      text: 'Sehen Sie in die Liste und wählen Sie ein anderes.',
    },
    denied_on_phone: {
      title: 'Das Telefon hat gesagt: „Das war ich nicht“',
      text: 'Deshalb haben wir hier angehalten. Wenn Sie es waren, fangen Sie neu an und tippen Sie die Zahl in Ihr Telefon. Wenn nicht, verständigen Sie den Helpdesk.',
    },
    no_recovery: {
      title: 'Bitte beginnen Sie neu',
      text: 'Dieser Versuch ist beendet. Ein neuer dauert etwa eine Minute.',
    },
  },
  ineligible: {
    disabled: {
      title: 'Dieses Konto ist abgeschaltet',
      text: 'Nur Ihre Firma kann es wieder einschalten. Bitte rufen Sie den Helpdesk an.',
    },
    account_expired: {
      title: 'Dieses Konto ist abgelaufen',
      text: 'Ein neues Passwort würde nicht helfen. Bitte rufen Sie den Helpdesk an: Dort kann man es verlängern.',
    },
    smartcard_required: {
      title: 'Dieses Konto braucht eine Chipkarte',
      text: 'Sie melden sich mit Ihrer Karte an, nicht mit einem Passwort. Geht die Karte nicht, rufen Sie den Helpdesk an.',
    },
    password_never_expires: {
      title: 'Das Passwort dieses Kontos läuft nie ab',
      text: 'Solche Konten werden hier nicht zurückgesetzt: Ihre Firma hat es nicht erlaubt. Bitte rufen Sie den Helpdesk an.',
    },
    protected: {
      title: 'Dieses Konto ist besonders geschützt',
      text: 'Konten mit besonderen Rechten werden hier nicht zurückgesetzt. Bitte rufen Sie den Helpdesk an.',
    },
    not_enabled: {
      title: 'Das steht Ihnen noch nicht offen',
      text: 'Ihre Firma hat es für Ihr Konto nicht eingeschaltet. Bitte rufen Sie den Helpdesk an.',
    },
    purpose_not_allowed: {
      title: 'Das erlaubt Ihre Firma hier nicht',
      text: 'Gehen Sie zurück und wählen Sie den anderen Weg: ein neues Passwort statt des Entsperrens oder umgekehrt. Sonst rufen Sie den Helpdesk an.',
    },
    unknown_device: {
      title: 'Nicht von diesem Computer aus',
      text: 'Ihre Firma erlaubt das nur von Computern aus, die sie kennt. Versuchen Sie es an Ihrem eigenen Arbeitsplatz oder rufen Sie den Helpdesk an.',
    },
    not_here: {
      title: 'Nicht von diesem Ort aus',
      text: 'Ihre Firma erlaubt das nur aus ihren eigenen Netzen. Versuchen Sie es im Büro oder über das VPN der Firma noch einmal, oder rufen Sie den Helpdesk an.',
    },
    not_now: {
      title: 'Nicht um diese Zeit',
      text: 'Ihre Firma erlaubt das nur zu bestimmten Zeiten. Versuchen Sie es während der Arbeitszeit noch einmal oder rufen Sie den Helpdesk an.',
    },
    policy_changed: {
      title: 'Die Regeln haben sich gerade geändert',
      text: 'Ihre Firma verlangt jetzt mehr, als Sie bestätigt haben. Es wurde nichts geändert. Bitte beginnen Sie von vorn.',
    },
    not_found: {
      title: 'Dieses Konto kann hier nicht geändert werden',
      text: 'Bitte rufen Sie den Helpdesk an. Dort kann man Ihnen mit diesem Konto helfen.',
    },
  },
  refused: {
    too_short: 'Es ist zu kurz.',
    complexity:
      'Es braucht mehr Abwechslung: drei von Großbuchstaben, Kleinbuchstaben, Ziffern und Zeichen.',
    history: 'Sie hatten es schon einmal. Wählen Sie ein neues.',
    too_young:
      'Ihr Passwort wurde erst vor Kurzem geändert, und das Verzeichnis verlangt mehr Abstand.',
    contains_name: 'Es enthält Ihren Namen oder Ihren Kontonamen.',
    banned_word: 'Es enthält ein Wort, das bei Ihrer Firma jeder zuerst probiert.',
    breached: 'Es steht auf der Liste geleakter Passwörter: Die probieren Angreifer zuerst.',
    unknown:
      'Das Verzeichnis hat keinen Grund genannt. Ein längeres und ganz anderes sollte gehen.',
  },
}
