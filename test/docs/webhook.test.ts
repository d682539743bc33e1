import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { signatureOf } from '../../src/server/notify/sms/webhook.ts'
import { fences, page } from './markdown.ts'

const guide = page('docs/guide-for-it.md')
const [example = ''] = fences(guide, 'http')
const [head = '', body = ''] = example.trimEnd().split('\n\n')
const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? ''
const [, key = ''] = /in this example it is `([^`]+)`/.exec(guide.text) ?? []
const timestamp = header('Latchkey-Timestamp')

describe('the guide’s example of a webhook', () => {
  test('carries the signature that the product would make', () => {
    expect(key.length).toBeGreaterThanOrEqual(32)
    expect(header('Latchkey-Signature')).toBe(signatureOf(key, timestamp, body))
  })

  test('can be checked with other tools, as it is described', () => {
    const input = `${timestamp}.${body}`
    const digest = execFileSync('openssl', ['dgst', '-sha256', '-hmac', key, '-r'], { input })
    expect(header('Latchkey-Signature')).toBe(`v1=${digest.toString().split(' ')[0]}`)
  })

  test('holds what the product sends', () => {
    const message = JSON.parse(body)
    expect(Object.keys(message)).toEqual(['type', 'id', 'to', 'text'])
    expect(message.text).toMatch(/^123456 .*\n@reset\.example\.com #123456$/)
  })
})
