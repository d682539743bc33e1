import { expect, test } from 'vitest'
import { securityHeaders } from '../../../src/main/window/security-headers.ts'

test('nothing runs, and nothing is styled, that is not a file of ours; nothing may connect', () => {
  const policy = securityHeaders['Content-Security-Policy']
  expect(policy).not.toMatch(/unsafe|nonce|\*|https?:|blob:/)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("style-src 'self';")
  expect(policy).toContain("connect-src 'none'")
  expect(policy).toContain("frame-src 'none'")
  expect(policy).toContain("form-action 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).toContain("worker-src 'self';")
  expect(policy).toMatch(/trusted-types latchkey-strength-worker$/)
})

test('every answer is kept nowhere, and grants the page no feature but passkeys', () => {
  expect(securityHeaders['Cache-Control']).toBe('no-store')
  expect(securityHeaders['X-Content-Type-Options']).toBe('nosniff')
  expect(securityHeaders['Permissions-Policy']).toContain('camera=()')
  expect(securityHeaders['Permissions-Policy']).toContain('publickey-credentials-get=(self)')
})
