import { expect, test } from 'vitest'
import {
  contentSecurityPolicy,
  securityHeaders,
} from '../../../src/main/window/security-headers.ts'

test('no script runs that is not a file of ours, and nothing may connect', () => {
  const policy = contentSecurityPolicy('bm9uY2U=')
  expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("connect-src 'none'")
  expect(policy).toContain("frame-src 'none'")
  expect(policy).toContain("form-action 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).toContain("require-trusted-types-for 'script'")
})

test('every answer carries the policy and is kept nowhere', () => {
  const headers = securityHeaders('bm9uY2U=')
  expect(headers['Content-Security-Policy']).toContain("'nonce-bm9uY2U='")
  expect(headers['Cache-Control']).toBe('no-store')
  expect(headers['X-Content-Type-Options']).toBe('nosniff')
  expect(headers['Permissions-Policy']).toContain('camera=()')
  expect(headers['Permissions-Policy']).toContain('publickey-credentials-get=(self)')
})
