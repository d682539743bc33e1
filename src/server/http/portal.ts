import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Serves the portal's pages under `/portal/`, when they have been built. */
export async function servePortal(app: FastifyInstance, folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'index.html'))) return false
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/portal/',
    // Only what was built is served, and nothing that begins with a dot.
    wildcard: false,
    dotfiles: 'ignore',
    index: ['index.html'],
    redirect: true,
    cacheControl: false,
    setHeaders(reply, path) {
      // Assets carry a hash in their name; the page itself does not.
      const isAsset = path.includes('/assets/')
      reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect('/portal/'))
  return true
}
