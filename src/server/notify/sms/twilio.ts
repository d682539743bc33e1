import { err, ok } from '../../../contract/result.ts'
import { codeOf, explainAnswer, strangeAnswer } from './faults.ts'
import { callHttps, defaultPatienceMs, membersOf } from './https-request.ts'
import type { HttpsAnswer, SmsFault, SmsTransport } from './transport.ts'

export type TwilioOptions = {
  readonly adapter: 'twilio'
  /** Where the provider answers: `https://api.twilio.com`, or somebody who speaks like it. */
  readonly url: string
  readonly accountSid: string
  /** An API key's name; null when the account's own token is used. */
  readonly keySid: string | null
  readonly secret: string
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string }
  readonly caPem: string | null
  /** For all of one request, in milliseconds; left out: ten seconds. */
  readonly patienceMs?: number
}

/** States of a message that has gone nowhere (Twilio, Message resource, `status`). */
const failedStates: ReadonlySet<unknown> = new Set(['failed', 'undelivered', 'canceled'])

/** Sends by the Message resource of Twilio's REST interface, version 2010-04-01. */
export function createTwilioTransport(options: TwilioOptions): SmsTransport {
  const { accountSid, keySid, secret, sender } = options
  const { caPem, patienceMs = defaultPatienceMs } = options
  const base = `${options.url.replace(/\/+$/, '')}/2010-04-01/Accounts/${accountSid}`
  const authorization = `Basic ${btoa(`${keySid ?? accountSid}:${secret}`)}`
  const from: Record<string, string> =
    'from' in sender ? { From: sender.from } : { MessagingServiceSid: sender.messagingServiceSid }
  return {
    adapter: 'twilio',
    async send({ to, text }) {
      const answer = await callHttps({
        ...{ method: 'POST', caPem, patienceMs, url: new URL(`${base}/Messages.json`) },
        headers: {
          ...{ authorization, accept: 'application/json' },
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ To: to, ...from, Body: text }).toString(),
      })
      if (!answer.ok) return answer
      const fault = faultOf(answer.value)
      return fault === null ? ok(undefined) : err(fault)
    },
    async check() {
      const url = new URL(`${base}.json`)
      const headers = { authorization, accept: 'application/json' }
      const answer = await callHttps({ method: 'GET', url, headers, caPem, patienceMs })
      if (!answer.ok) return answer
      const { status, text } = answer.value
      const members = membersOf(text)
      if (status !== 200) return err(explainAnswer(answer.value, members?.code))
      if (members?.sid === undefined) return err(strangeAnswer)
      return members.status === 'active' ? ok(undefined) : err(notActive)
    },
  }
}

const notActive: SmsFault = {
  code: 'account_not_active',
  reason: 'has suspended or closed the account',
  fix: 'See the provider’s console.',
  isFinal: false,
}

function faultOf(answer: HttpsAnswer): SmsFault | null {
  const members = membersOf(answer.text)
  if (answer.status < 200 || answer.status >= 300) return explainAnswer(answer, members?.code)
  if (typeof members?.sid !== 'string') return strangeAnswer
  if (!failedStates.has(members.status)) return null
  const code = codeOf(members.error_code) ?? 'failed'
  const fix = 'Look the code up in the provider’s documentation; it refuses this message.'
  return { code, reason: `could not send (${code})`, fix, isFinal: true }
}
