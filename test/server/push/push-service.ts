import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from '../../../scripts/lab/certificates.ts'

/** A message as a push service has received it. */
export type Received = {
  path: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** What stands in for a browser vendor's push service, on this machine. */
export interface PushService {
  host: string
  received: Received[]
  /** Answered from now on. */
  answers: { status: number; headers?: Record<string, string> }
  close(): Promise<void>
}

export async function startPushService({ certPem, keyPem }: Certificate): Promise<PushService> {
  const service: PushService = {
    host: '',
    received: [],
    answers: { status: 201 },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url: path = '', headers } = request
      service.received.push({ path, headers, body: Buffer.concat(chunks) })
      response.writeHead(service.answers.status, service.answers.headers ?? {}).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  service.host = `localhost:${(server.address() as AddressInfo).port}`
  return service
}

/** A browser's side of a subscription (RFC 8291 §2), with code that the product does not share. */
export function newReceiver() {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') },
    /** RFC 8188 §2 and RFC 8291 §3.4. @throws when it is not for this receiver */
    decrypt(body: Buffer): string {
      const salt = body.subarray(0, 16)
      const recordSize = body.readUInt32BE(16)
      const idLength = body.readUInt8(20)
      const senderKey = body.subarray(21, 21 + idLength)
      const record = body.subarray(21 + idLength)
      if (record.length > recordSize) throw new Error('more than one record')
      const shared = ecdh.computeSecret(senderKey)
      const keyInfo = Buffer.concat([
        Buffer.from('WebPush: info\0'),
        ecdh.getPublicKey(),
        senderKey,
      ])
      const secret = Buffer.from(hkdfSync('sha256', shared, auth, keyInfo, 32))
      const derive = (info: string, length: number) =>
        Buffer.from(
          hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${info}\0`), length),
        )
      const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
      decipher.setAuthTag(record.subarray(-16))
      const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
      // RFC 8188 §2: the last record is delimited by 2, and padded with zeros.
      const end = padded.lastIndexOf(2)
      if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('padding')
      return padded.subarray(0, end).toString('utf8')
    },
  }
}

/** RFC 8292: who has sent a message, checked against the key that phones subscribed with. */
export function readVapid({ headers }: Received, publicKey: string): Record<string, unknown> {
  const [, token = '', key] =
    /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(`${headers.authorization}`) ?? []
  if (key !== publicKey) throw new Error('another key')
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)]
  const jwk = { kty: 'EC', crv: 'P-256', x, y }
  const [header = '', payload = '', signature = ''] = token.split('.')
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString())
  if (!isSigned || alg !== 'ES256') throw new Error('not signed')
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}
