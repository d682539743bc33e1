import { describe, expect, it } from 'vitest'
import { isAllowedService } from '../../../src/server/push/allowed-services.ts'

const services = ['fcm.googleapis.com', '*.push.apple.com', 'push.example.com:8443']

describe('a push service', () => {
  it.each([
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:444/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://fcm.googleapis.com@evil.example/x',
    'https://user:password@fcm.googleapis.com/x',
    'https://push.apple.com/x',
    'https://evilpush.apple.com/x',
    'https://push.example.com/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://localhost/x',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('is not %s', (endpoint) => {
    expect(isAllowedService(endpoint, services)).toBe(false)
  })

  it.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://FCM.googleapis.com:443/x',
    'https://web.push.apple.com/x',
    'https://push.example.com:8443/x',
  ])('is %s', (endpoint) => {
    expect(isAllowedService(endpoint, services)).toBe(true)
  })

  it('is nobody when the list is empty', () => {
    expect(isAllowedService('https://fcm.googleapis.com/x', [])).toBe(false)
  })
})
