import type { Result } from '../../../contract/result.ts'

/** What is wrong with the way to the provider, and what to do about it. Never what the provider said. */
export type SmsFault = {
  /** The provider's own code, `http_503`, or a word of ours. Never a telephone number. */
  readonly code: string
  readonly reason: string
  readonly fix: string
  /** Trying this message again would end the same way. */
  readonly isFinal: boolean
}

export type SmsMessage = {
  /** Stays the same when a message is sent twice, so that providers can tell. */
  readonly id: string
  /** E.164. */
  readonly to: string
  readonly text: string
}

/** A way to somebody who sends text messages. */
export type SmsTransport = {
  /** Named in the audit log. */
  readonly adapter: 'twilio' | 'webhook' | 'mail'
  readonly send: (message: SmsMessage) => Promise<Result<void, SmsFault>>
  /** Whether the provider would take messages from us. Sends none. */
  readonly check: () => Promise<Result<void, SmsFault>>
}

/** What a provider has answered. SECURITY: the text may quote the telephone number, and is never logged. */
export type HttpsAnswer = { readonly status: number; readonly text: string }
