import type { ServerConfig } from '../../config/load.ts'
import { explainMailError } from '../../notify/mail-faults.ts'
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
    const { reason, fix } = explainMailError(error)
    return [failed(check, `${host}:${port} ${reason}`, fix)]
  } finally {
    transport.close()
  }
}
