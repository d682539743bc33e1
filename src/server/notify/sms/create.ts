import type { MailTransport } from '../smtp.ts'
import { createMailGateway, type MailGatewayOptions } from './mail-gateway.ts'
import type { SmsTransport } from './transport.ts'
import { createTwilioTransport, type TwilioOptions } from './twilio.ts'
import { createWebhookTransport, type WebhookOptions } from './webhook.ts'

export type SmsOptions = TwilioOptions | WebhookOptions | MailGatewayOptions

/** The way to send text messages that the configuration names. Connects to nothing yet. */
export function createSmsTransport(options: SmsOptions, mail: MailTransport): SmsTransport {
  switch (options.adapter) {
    case 'twilio':
      return createTwilioTransport(options)
    case 'webhook':
      return createWebhookTransport(options)
    case 'mail':
      return createMailGateway(options, mail)
  }
}
