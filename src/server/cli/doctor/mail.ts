import type { ServerConfig } from '../../config/load.ts'
import { transportFrom } from '../../open-parts.ts'
import { type Finding, failed, fine } from './finding.ts'

const check = 'mail server'

/** Connects, secures and signs in. Sends nothing. */
export async function checkMailServer(config: ServerConfig): Promise<Finding[]> {
  const { host, port, security } = config.file.mail
  const transport = transportFrom(config)
  try {
    await transport.check()
    return [fine(check, `${host}:${port} (${security})`)]
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number }
    const reason = [code, responseCode].filter((part) => part !== undefined).join(' ')
    return [failed(check, `${host}:${port} refused or is not there (${reason})`, fixFor(code))]
  } finally {
    transport.close()
  }
}

function fixFor(code: string | undefined): string {
  if (code === 'EAUTH') return 'Check mail.user and mail.passwordFile.'
  if (code === 'ETLS' || code === 'ESOCKET' || code?.includes('CERT')) {
    return 'Check mail.security, and mail.caFile when the server has a certificate of your own authority.'
  }
  return 'Check mail.host, mail.port and the firewall. Codes wait in the outbox until it answers.'
}
