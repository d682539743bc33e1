import { randomBytes } from 'node:crypto'
import { checkServerIdentity } from 'node:tls'
import { Attribute, Change, Client } from 'ldapts'
import type { Lab } from '../../scripts/lab/lab.ts'

type Account = { userPrincipalName: string; password: string }

/**
 * The least that a two-step reset takes: the service account sets a temporary password, the agent
 * changes it to the new one; a new TLS connection and a bind for each.
 */
export async function writeBare(lab: Lab, dn: string, newPassword: string): Promise<void> {
  const { serviceAccount, agentAccount } = lab.directory
  const temporary = `Aa1!${randomBytes(96).toString('base64url')}`
  await modifyAs(lab, serviceAccount, dn, [
    change('replace', 'unicodePwd', quoted(temporary)),
    change('replace', 'pwdLastSet', Buffer.from('0')),
    change('replace', 'lockoutTime', Buffer.from('0')),
  ])
  await modifyAs(lab, agentAccount, dn, [
    change('delete', 'unicodePwd', quoted(temporary)),
    change('add', 'unicodePwd', quoted(newPassword)),
  ])
}

async function modifyAs({ directory }: Lab, account: Account, dn: string, changes: Change[]) {
  const { host, address, caPem } = directory
  const client = new Client({
    url: `ldaps://${address}:636`,
    timeout: 10_000,
    tlsOptions: {
      ca: caPem,
      servername: host,
      checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
    },
  })
  await client.bind(account.userPrincipalName, account.password)
  await client.modify(dn, changes)
  // Nobody waits for the farewell.
  void client.unbind().catch(() => {})
}

function change(operation: 'add' | 'delete' | 'replace', type: string, value: Buffer): Change {
  return new Change({ operation, modification: new Attribute({ type, values: [value] }) })
}

function quoted(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le')
}
