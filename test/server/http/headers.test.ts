import { fastify } from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { secure } from '../../../src/server/http/security.ts'

it('lets pages ask authenticators for this origin, and for nothing else', async () => {
  const app = fastify()
  onTestFinished(() => app.close())
  await secure(app, 100)
  app.get('/', () => 'here')
  for (const url of ['/', '/nowhere']) {
    const { headers } = await app.inject({ url })
    const policy = String(headers['permissions-policy']).split(', ')
    expect(policy).toContain('publickey-credentials-get=(self)')
    expect(policy).toContain('publickey-credentials-create=(self)')
    expect(policy).toContain('camera=()')
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})
