import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Some certificate: the configuration does not ask for whom. */
export const pem = readFileSync(
  join(import.meta.dirname, '../../main/backend/certificates/pinned.pem'),
  'utf8',
)

/** A configuration that is right in every respect, in a folder of its own. */
export function configFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const put = (name: string, content: string | Uint8Array, mode = 0o600) => {
    writeFileSync(join(folder, name), content, { mode })
    return name
  }
  put('service.password', 'service-secret\n')
  put('agent.password', 'agent-secret')
  put('mail.password', 'mail-secret\r\n')
  put('master.key', `${Buffer.alloc(32, 7).toString('base64')}\n`)
  put('cert.pem', pem)
  put('key.pem', 'key')
  put('ca.pem', pem)
  const config = {
    organisation: 'Example Corp',
    server: {
      origin: 'https://reset.example.com',
      listen: { host: '127.0.0.1', port: 8443 },
      tls: { certFile: 'cert.pem', keyFile: 'key.pem' },
    },
    store: { engine: 'sqlite', file: 'latchkey.db' },
    masterKeys: [{ id: 'k1', file: 'master.key' }],
    directory: {
      domain: 'corp.example.com',
      netbiosName: 'CORP',
      caFile: 'ca.pem',
      serviceAccount: { name: 'svc@corp.example.com', passwordFile: 'service.password' },
      agentAccount: { name: 'agent@corp.example.com', passwordFile: 'agent.password' },
      enabledOus: ['OU=Staff,DC=corp,DC=example,DC=com'],
    },
    mail: {
      host: 'mail.example.com',
      port: 587,
      security: 'starttls',
      user: 'latchkey',
      passwordFile: 'mail.password',
      from: 'Latchkey <latchkey@example.com>',
    },
  }
  const write = (value: unknown) => {
    put('latchkey.json', typeof value === 'string' ? value : JSON.stringify(value))
    return join(folder, 'latchkey.json')
  }
  return { folder, config, put, write }
}
