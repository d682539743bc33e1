import { err, ok } from '../../../contract/result.ts'
import { explainMailError } from '../mail-faults.ts'
import type { MailTransport } from '../smtp.ts'
import type { SmsFault, SmsTransport } from './transport.ts'

export type MailGatewayOptions = {
  readonly adapter: 'mail'
  /** `{number}` stands for `+491701234567`, `{digits}` for the same without the plus sign. */
  readonly address: string
}

/** Hands messages to a gateway that takes mail, over the mail server that is there anyway. */
export function createMailGateway(
  { address }: MailGatewayOptions,
  mail: Pick<MailTransport, 'sendPlain' | 'check'>,
): SmsTransport {
  return {
    adapter: 'mail',
    async send({ id, to, text }) {
      const receiver = address.replace('{number}', to).replace('{digits}', to.replace('+', ''))
      try {
        // Without a subject: gateways put it in front of the text, and count it.
        await mail.sendPlain(id, { to: receiver, subject: '', text })
        return ok(undefined)
      } catch (error) {
        return err(faultOf(error))
      }
    },
    async check() {
      try {
        await mail.check()
        return ok(undefined)
      } catch (error) {
        return err(faultOf(error))
      }
    },
  }
}

function faultOf(error: unknown): SmsFault {
  const { reason, fix } = explainMailError(error)
  const { code = 'mail', responseCode } = error as { code?: string; responseCode?: number }
  // RFC 5321 §4.2.1: 5yz is a refusal for good. The gateway has no such number.
  const isFinal = responseCode !== undefined && responseCode >= 550 && responseCode < 560
  const told = responseCode === undefined ? code : `smtp_${responseCode}`
  return { code: /^\w{1,32}$/.test(told) ? told : 'mail', reason, fix, isFinal }
}
