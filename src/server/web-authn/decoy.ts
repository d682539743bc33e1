import { generateKeyPairSync } from 'node:crypto'

/** What stands in for a credential that does not exist: a key whose other half nobody has. */
export type Decoy = { readonly credentialId: string; readonly publicKey: string }

/** COSE key of ES256 (RFC 9053 §7.1.1) up to the coordinates: EC2, alg -7, curve P-256. */
const head = Buffer.from('a5010203262001215820', 'hex')
const between = Buffer.from('225820', 'hex')

export function createDecoy(): Decoy {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const coordinates = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')] as const
  const key = Buffer.concat([head, coordinates[0], between, coordinates[1]])
  return { credentialId: 'decoy', publicKey: key.toString('base64url') }
}
