import type { MailContent } from '../domain/mail-content.ts'
import type { Language, Sender, Words } from './words.ts'
import * as de from './words-de.ts'
import * as en from './words-en.ts'

const words: Record<Language, Words> = { en, de }

/**
 * Writes a letter. The subject never holds a code: subjects are shown on locked screens and kept in
 * the logs of mail servers.
 */
export function renderMail(
  content: MailContent,
  sender: Sender,
): { subject: string; text: string } {
  const { subject, body, closing } = words[sender.language]
  const paragraphs = [...body(content), ...closing(sender)]
  return { subject: subject(content), text: `${paragraphs.join('\n\n')}\n` }
}
