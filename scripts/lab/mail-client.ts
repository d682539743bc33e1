import { setTimeout as pause } from 'node:timers/promises'
import type { ReceivedMail } from './mail-sink.ts'

export interface MailClient {
  messages(): Promise<ReceivedMail[]>
  clear(): Promise<void>
  /** The first message that fits, now or within `timeoutMs`. @throws when none comes */
  waitFor(predicate: (mail: ReceivedMail) => boolean, timeoutMs: number): Promise<ReceivedMail>
}

const POLL_MS = 50

/** Reads a mail sink that runs in another process, by its `inboxUrl`. */
export function mailClient(inboxUrl: string): MailClient {
  const url = new URL('messages', inboxUrl)
  const messages = async () => (await (await fetch(url)).json()) as ReceivedMail[]
  return {
    messages,
    async clear() {
      await fetch(url, { method: 'DELETE' })
    },
    async waitFor(predicate, timeoutMs) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const mails = await messages()
        const found = mails.find(predicate)
        if (found) return found
        if (Date.now() > deadline) {
          throw new Error(`No such mail came in ${timeoutMs} ms; ${mails.length} others did.`)
        }
        await pause(POLL_MS)
      }
    },
  }
}
