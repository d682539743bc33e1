import { fastify } from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { createErrorHandler } from '../../../src/server/http/error-handler.ts'
import { secure } from '../../../src/server/http/security.ts'

it('brakes a whole /64 at once, and no IPv4 address for another one', async () => {
  const app = fastify({ trustProxy: true })
  onTestFinished(() => app.close())
  app.setErrorHandler(createErrorHandler({ info() {}, warn() {}, error() {} }))
  await secure(app, 2)
  app.get('/', () => 'here')
  const from = async (address: string) => {
    const answer = await app.inject({ url: '/', headers: { 'x-forwarded-for': address } })
    return answer.statusCode
  }
  expect(await from('2001:db8:0:7::1')).toBe(200)
  expect(await from('2001:db8:0:7::2')).toBe(200)
  expect(await from('2001:db8:0:7::3')).toBe(429)
  expect(await from('2001:db8:0:8::1')).toBe(200)
  for (const last of [1, 2, 3]) expect(await from(`::ffff:192.0.2.${last}`)).toBe(200)
})
