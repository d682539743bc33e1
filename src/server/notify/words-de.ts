import { isAuthenticatorKind, type MethodKind } from '../../contract/method-kinds.ts'
import type { MailContent } from '../domain/mail-content.ts'
import { formatTime, type Sender } from './words.ts'

const method: Record<MethodKind, string> = {
  passkey: 'Passkey',
  securityKey: 'Sicherheitsschlüssel',
  push: 'Latchkey auf einem Telefon',
  totp: 'Authenticator-App',
  recoveryCode: 'Satz Wiederherstellungscodes',
  temporaryPass: 'Einmalpass vom Helpdesk',
  sms: 'Telefonnummer',
  email: 'E-Mail-Adresse',
}

const subjects: Record<MailContent['template'], string> = {
  recovery_code: 'Ihr Latchkey-Code',
  confirm_address_code: 'Bestätigen Sie Ihre E-Mail-Adresse',
  step_up_code: 'Ihr Latchkey-Code',
  password_reset: 'Ihr Passwort wurde zurückgesetzt',
  account_unlocked: 'Ihr Konto wurde entsperrt',
  start_again: 'Das Zurücksetzen Ihres Passworts wurde unterbrochen',
  replaced_by_other: 'Ihr Passwort wurde von jemand anderem gesetzt',
  push_denied: 'Jemand wollte in Ihr Konto',
  method_added: 'Eine Wiederherstellungsmethode wurde hinzugefügt',
  method_removed: 'Eine Wiederherstellungsmethode wurde entfernt',
  method_suspended: 'Eine Wiederherstellungsmethode wurde gesperrt',
  recovery_codes_low: 'Es sind nur noch wenige Wiederherstellungscodes übrig',
  temporary_pass: 'Ihr Einmalpass vom Helpdesk',
  pass_issued: 'Der Helpdesk hat einen Einmalpass für Ihr Konto ausgestellt',
  methods_lost: 'Wiederherstellungsmethoden wurden als verloren gemeldet',
}

const notYou = 'Wenn Sie das nicht waren, verständigen Sie sofort Ihren Helpdesk.'
const keepCode = 'Niemand wird Sie jemals nach diesem Code fragen, auch nicht Ihr Helpdesk.'

export function subject({ template }: MailContent): string {
  return subjects[template]
}

export function body(content: MailContent): string[] {
  switch (content.template) {
    case 'recovery_code':
      return code(content.code, content.validMinutes, 'um Ihr Konto wiederherzustellen')
    case 'confirm_address_code':
      return code(content.code, content.validMinutes, 'um diese E-Mail-Adresse zu bestätigen')
    case 'step_up_code':
      return code(
        content.code,
        content.validMinutes,
        'um Ihre Wiederherstellungsmethoden zu ändern',
      )
    case 'password_reset':
      return [event(content, 'Das Passwort des Kontos', 'mit Latchkey zurückgesetzt'), notYou]
    case 'account_unlocked':
      return [event(content, 'Das Konto', 'mit Latchkey entsperrt'), notYou]
    case 'start_again':
      return [
        event(content, 'Das Zurücksetzen des Passworts für das Konto', 'unterbrochen'),
        'Ihr altes Passwort gilt nicht mehr. Bitte starten Sie Latchkey noch einmal und wählen Sie ein neues: Es dauert etwa eine Minute.',
        'Wenn Sie es nicht begonnen haben, verständigen Sie sofort Ihren Helpdesk.',
      ]
    case 'replaced_by_other':
      return [
        event(content, 'Das Zurücksetzen des Passworts für das Konto', 'beendet'),
        'In der Zwischenzeit hat jemand anderes das Passwort gesetzt, wahrscheinlich Ihr Helpdesk. Wenn man Ihnen dieses Passwort genannt hat, benutzen Sie es: Mehr ist nicht zu tun. Wenn nicht, starten Sie Latchkey bitte noch einmal.',
        'Wenn Sie niemanden darum gebeten haben, verständigen Sie sofort Ihren Helpdesk.',
      ]
    case 'push_denied':
      return [
        event(
          content,
          'Eine Anfrage für das Konto',
          'auf einem Telefon mit „Das war ich nicht“ beantwortet',
        ),
        'Sie wurde sofort beendet. Vielleicht hat jemand anderes versucht hineinzukommen. Tippen Sie keine Zahl in Ihr Telefon, die Ihnen jemand nennt.',
        'Verständigen Sie Ihren Helpdesk, auch wenn es ein Versehen war.',
      ]
    case 'method_added':
      return [methodEvent(content, 'hinzugefügt'), notYou]
    case 'method_removed':
      return [methodEvent(content, 'entfernt'), notYou]
    case 'methods_lost':
      return [
        `Wiederherstellungsmethoden (${content.kinds.map((kind) => method[kind]).join(', ')}) des Kontos ${content.accountName} wurden am ${formatTime(content.at)} als verloren gemeldet. Sie gelten nicht mehr, und alle anderen Sitzungen im Portal sind beendet.`,
        'Richten Sie im Portal neue ein, damit Sie sich wieder selbst helfen können.',
        notYou,
      ]
    case 'recovery_codes_low':
      return [
        codesLeft(content.left, content.accountName),
        'Lassen Sie sich im Portal einen neuen Satz geben, bevor Sie ihn brauchen. Die alten Codes gelten dann nicht mehr.',
        `Gerade eben wurde ein Wiederherstellungscode benutzt. ${notYou}`,
      ]
    case 'temporary_pass':
      return [
        'Ihr Einmalpass vom Helpdesk:',
        content.code,
        `Er gilt einmal, ${content.validMinutes} Minuten lang ab der Ausstellung. Ein neuerer Pass ersetzt ihn. Wählen Sie in Latchkey „Einmalpass“ und geben Sie ihn ein.`,
        'Niemand wird Sie jemals danach fragen, auch nicht Ihr Helpdesk. Wenn Sie den Helpdesk nicht darum gebeten haben, verständigen Sie ihn sofort.',
      ]
    case 'pass_issued':
      return [
        `Der Helpdesk hat am ${formatTime(content.at)} einen Einmalpass für das Konto ${content.accountName} ausgestellt. Er gilt einmal, bis ${formatTime(content.until)}.`,
        'Wenn Sie nicht darum gebeten haben, hat vielleicht jemand in Ihrem Namen angerufen: Verständigen Sie sofort Ihren Helpdesk.',
      ]
    case 'method_suspended':
      return [
        methodEvent(content, 'gesperrt'),
        isAuthenticatorKind(content.kind)
          ? 'Sie wurde zu oft in Folge abgelehnt, oder etwas deutet darauf hin, dass jemand sie kopiert hat. Entfernen Sie die Methode im Portal und richten Sie sie neu ein.'
          : 'Es gab zu viele Fehlversuche in Folge: Vielleicht rät jemand. Entfernen Sie die Methode im Portal und richten Sie sie neu ein.',
      ]
  }
}

export function closing({ organisation, helpdesk }: Sender): string[] {
  return [helpdesk === '' ? organisation : `${organisation}\n${helpdesk}`]
}

function code(digits: string, minutes: number, purpose: string): string[] {
  return [
    `Ihr Code, ${purpose}:`,
    digits,
    `Er gilt ${minutes} Minuten und nur einmal. Ein neuerer Code ersetzt ihn.`,
    `${keepCode} Wenn Sie ihn nicht angefordert haben, können Sie diese Nachricht ignorieren.`,
  ]
}

function codesLeft(left: number, accountName: string): string {
  if (left === 0) {
    return `Der letzte Wiederherstellungscode des Kontos ${accountName} ist aufgebraucht.`
  }
  const codes =
    left === 1 ? 'ist noch ein Wiederherstellungscode' : `sind noch ${left} Wiederherstellungscodes`
  return `Für das Konto ${accountName} ${codes} übrig.`
}

function event(
  { accountName, at }: { accountName: string; at: number },
  what: string,
  happened: string,
): string {
  return `${what} ${accountName} wurde am ${formatTime(at)} ${happened}.`
}

function methodEvent(
  { accountName, at, kind }: { accountName: string; at: number; kind: MethodKind },
  happened: string,
): string {
  return `Eine Wiederherstellungsmethode (${method[kind]}) des Kontos ${accountName} wurde am ${formatTime(at)} ${happened}.`
}
