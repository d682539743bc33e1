import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'

/** What a helper makes for one recovery. Made before the clock starts. */
export interface ClientKeys {
  privateKey: KeyObject
  /** The head of every proof: RFC 9449 §4.2. */
  header: string
  /** Raw point, base64url. */
  sealingKey: string
}

export function createClientKeys(): ClientKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' })
  const header = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  })
  const point = [Buffer.of(4), Buffer.from(other.x ?? '', 'base64url')]
  const sealingKey = Buffer.concat([...point, Buffer.from(other.y ?? '', 'base64url')])
  return { privateKey, header, sealingKey: sealingKey.toString('base64url') }
}

/** The DPoP header of one request (RFC 9449), and with a token its Authorization header too. */
export function proofHeaders({ privateKey, header }: ClientKeys, url: string, token?: string) {
  const ath = token === undefined ? undefined : createHash('sha256').update(token).digest()
  const claims = encode({
    jti: randomUUID(),
    htm: 'POST',
    htu: url,
    iat: Math.floor(Date.now() / 1000),
    ...(ath ? { ath: ath.toString('base64url') } : {}),
  })
  const signed = `${header}.${claims}`
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  const proof = `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
  const authorization = token === undefined ? '' : `authorization: DPoP ${token}\r\n`
  return `${authorization}dpop: ${proof}\r\n`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
