import type { HttpsAnswer, SmsFault } from './transport.ts'

/** Refusals of one message, as opposed to refusals of whoever asks: another try ends the same way. */
const finalStatuses: ReadonlySet<number> = new Set([400, 422])

/** Long enough for every provider, too short for a telephone number: providers may quote those. */
const safeCode = /^(?!.*\d{7})[\w.-]{1,32}$/

/** What an answer means that is not a success. @param code - what the provider calls it, if it said so */
export function explainAnswer({ status }: HttpsAnswer, code: unknown): SmsFault {
  const told = codeOf(code) ?? `http_${status}`
  if (status === 401 || status === 403) {
    const fix = 'Check the account, sms.secretFile and what the account may do.'
    return { code: told, reason: `refuses the account (${told})`, fix, isFinal: false }
  }
  if (status >= 300 && status < 400) {
    const fix = 'Give in sms.url where it answers itself: redirections are not followed.'
    return { code: told, reason: `answers from elsewhere (${told})`, fix, isFinal: false }
  }
  const isFinal = finalStatuses.has(status)
  const fix = isFinal
    ? 'Look the code up in the provider’s documentation; it refuses this message.'
    : 'See the provider’s own status. Messages are tried again while their code is valid.'
  return { code: told, reason: `refuses (${told})`, fix, isFinal }
}

/** A number or a short word; anything that could hold a telephone number is left out. */
export function codeOf(value: unknown): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const code = String(value)
  return safeCode.test(code) ? code : null
}

/** An answer that says yes, but not in the way of a provider: a page of a proxy, for instance. */
export const strangeAnswer: SmsFault = {
  code: 'strange_answer',
  reason: 'does not answer as expected',
  fix: 'Check sms.url: something else seems to answer there.',
  isFinal: false,
}

const away = /\b(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)\b/

/** Explains what Node.js throws. */
export function explainRequestError(error: unknown): SmsFault {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'too_slow') {
    const fix = 'See the provider’s own status, and the firewall.'
    return { code, reason: 'does not answer in time', fix, isFinal: false }
  }
  if (/CERT|altname|SELF_SIGNED|UNABLE_TO_/i.test(`${code} ${message}`)) {
    const fix = 'Give the authority of its certificate in sms.caFile, and its name in sms.url.'
    const reason = 'shows a certificate that is not trusted'
    return { code: 'certificate', reason, fix, isFinal: false }
  }
  const network = away.exec(`${code} ${message}`)?.[0]
  const reason = `does not answer${network === undefined ? '' : ` (${network})`}`
  const fix = 'Check sms.url and the firewall. Messages are tried again while their code is valid.'
  return { code: network ?? 'unreachable', reason, fix, isFinal: false }
}
