import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'

/** Describes the routes that are registered after it, at `/api/v1/openapi.json`. */
export async function describeApi(app: FastifyInstance, version: string, origin: string) {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Latchkey', version, description: 'Self-service password recovery' },
      servers: [{ url: origin }],
    },
    transform: jsonSchemaTransform,
  })
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
