import type { CodeContent } from '../../domain/mail-content.ts'
import type { Language } from '../words.ts'
import { isOneMessage } from './segments.ts'

export type SmsSender = {
  readonly language: Language
  readonly organisation: string
  /** Host name of the pages where the code is typed. */
  readonly host: string
}

type Words = Record<CodeContent['template'], (code: string, of: string) => string>

const words: Record<Language, Words> = {
  en: {
    recovery_code: (code, of) => `${code} is your ${of} code to recover your account. Tell nobody.`,
    confirm_address_code: (code, of) => `${code} is your ${of} code to confirm this number.`,
    step_up_code: (code, of) =>
      `${code} is your ${of} code to change how you recover. Tell nobody.`,
    temporary_pass: (code, of) => `${code} is your temporary pass (${of}), good once. Tell nobody.`,
  },
  de: {
    recovery_code: (code, of) =>
      `${code} ist Ihr Code (${of}), um Ihr Konto wiederherzustellen. Sagen Sie ihn niemandem.`,
    confirm_address_code: (code, of) =>
      `${code} ist Ihr Code (${of}), um diese Nummer zu bestätigen.`,
    step_up_code: (code, of) =>
      `${code} ist Ihr Code (${of}), um Ihre Methoden zu ändern. Sagen Sie ihn niemandem.`,
    temporary_pass: (code, of) =>
      `${code} ist Ihr Einmalpass (${of}), er gilt einmal. Sagen Sie ihn niemandem.`,
  },
}

/**
 * One line for people, and one for their phone: "Origin-bound one-time codes" (WICG), by which it fills
 * the code in on our own pages and nowhere else. It has to be the last line.
 *
 * An organisation whose name makes it two messages is not named: two cost twice as much.
 */
export function smsText(content: CodeContent, { language, organisation, host }: SmsSender): string {
  const { code, template } = content
  const write = (of: string) => `${words[language][template](code, of)}\n@${host} #${code}`
  const named = write(organisation)
  return isOneMessage(named) ? named : write('Latchkey')
}
