import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { describeError } from '../../describe-error.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { strictestBreachedRule } from '../../domain/policy/breached-rule.ts'

const Health = z.strictObject({ status: z.enum(['ok', 'stopping']) })
const Readiness = z.strictObject({
  status: z.enum(['ready', 'not_ready']),
  store: z.boolean(),
  directory: z.boolean(),
  /** The list of leaked passwords; true also when nobody is refused for being on it. */
  breachedList: z.boolean(),
})
type Readiness = z.infer<typeof Readiness>

/** Probes may come often and from anywhere: the parts are asked once in a while. */
const freshForMs = 2_000

/** For load balancers and orchestrators. They name no reason: that is in the log. */
export const probeRoutes: FastifyPluginAsyncZod<{ dependencies: ServerDependencies }> = async (
  app,
  { dependencies: deps },
) => {
  let known: { at: number; answer: Promise<Readiness> } | undefined

  app.get('/healthz', { schema: { response: { 200: Health } }, config: noRateLimit }, () => ({
    status: 'ok' as const,
  }))

  app.get(
    '/readyz',
    { schema: { response: { 200: Readiness, 503: Readiness } }, config: noRateLimit },
    async (_, reply) => {
      const now = deps.now()
      if (known === undefined || now >= known.at + freshForMs) {
        known = { at: now, answer: readiness(deps) }
      }
      const answer = await known.answer
      return reply.code(answer.status === 'ready' ? 200 : 503).send(answer)
    },
  )
}

const noRateLimit = { rateLimit: false } as const

async function readiness(deps: ServerDependencies): Promise<Readiness> {
  const { store, directory, log } = deps
  const [storeAnswer, directoryAnswer, isListThere] = await Promise.all([
    settled(store.ping()),
    settled(directory.ping()),
    isBreachedListThere(deps),
  ])
  if (storeAnswer.status === 'rejected') {
    const detail = describeError(storeAnswer.reason)
    log.error({ event: 'store_unavailable', detail }, 'the store cannot be read and written')
  }
  const isDirectoryThere = directoryAnswer.status === 'fulfilled' && directoryAnswer.value.ok
  if (directoryAnswer.status === 'fulfilled' && !directoryAnswer.value.ok) {
    const { detail } = directoryAnswer.value.error
    log.error({ event: 'directory_unavailable', detail }, 'no domain controller can be used')
  }
  const isStoreThere = storeAnswer.status === 'fulfilled'
  const isReady = isStoreThere && isDirectoryThere && isListThere
  const status = isReady ? 'ready' : 'not_ready'
  return { status, store: isStoreThere, directory: isDirectoryThere, breachedList: isListThere }
}

async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work])
  return result
}

/** Without it, and with leaked passwords refused, nobody could set a password. */
async function isBreachedListThere(deps: ServerDependencies): Promise<boolean> {
  const checked = await deps.breachedList.check()
  if (checked.ok) return true
  // Without a store nothing is known of the policy, and nobody can do anything anyway.
  const policy = await settled(deps.policies.current())
  if (policy.status === 'rejected') return true
  if (strictestBreachedRule(policy.value.document) !== 'refuse') return true
  const { detail } = checked.error
  deps.log.error({ event: 'breached_list_unavailable', detail }, 'no password can be set')
  return false
}
