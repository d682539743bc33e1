/** What is wrong with the way to the mail server, and what to do about it. Never what the server said. */
export type MailFault = { readonly reason: string; readonly fix: string }

const away = /\b(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)\b/

/** Explains what nodemailer throws: its codes are coarse, so Node's are looked for first. */
export function explainMailError(error: unknown): MailFault {
  const { code, responseCode, message } = error as {
    code?: string
    responseCode?: number
    message?: string
  }
  const codes = [code, responseCode].filter((part) => part !== undefined).join(' ')
  if (code === 'EAUTH') {
    return {
      reason: `refuses the account (${codes})`,
      fix: 'Check mail.user and mail.passwordFile.',
    }
  }
  const network = away.exec(message ?? '')?.[0]
  if (network !== undefined || code === 'ECONNECTION' || code === 'ETIMEDOUT' || code === 'EDNS') {
    const fix = 'Check mail.host, mail.port and the firewall. Mail waits until it answers.'
    return { reason: `does not answer (${network ?? codes})`, fix }
  }
  if (/certificate|altname|\bCERT\b/i.test(message ?? '')) {
    const fix = 'Give the authority of its certificate in mail.caFile, and its name in mail.host.'
    return { reason: 'shows a certificate that is not trusted', fix }
  }
  if (code === 'ETLS' || code === 'ESOCKET') {
    return {
      reason: `does not speak TLS as expected (${codes})`,
      fix: 'Check mail.security and mail.port.',
    }
  }
  return {
    reason: `refuses (${codes})`,
    fix: 'See the log of the mail server. Mail waits meanwhile.',
  }
}
