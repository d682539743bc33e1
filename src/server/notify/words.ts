import type { MailContent } from '../domain/mail-content.ts'

export type Language = 'en' | 'de'

/** What every letter says besides its content. */
export type Sender = {
  readonly language: Language
  readonly organisation: string
  /** How to reach a person; may be empty. */
  readonly helpdesk: string
}

/** A letter's words. Plain text only: nothing in it can be clicked by mistake or be run. */
export type Words = {
  readonly subject: (content: MailContent) => string
  readonly body: (content: MailContent) => string[]
  readonly closing: (sender: Sender) => string[]
}

/** `2026-11-23 09:31 UTC`: the same for every reader, wherever they are. */
export function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
