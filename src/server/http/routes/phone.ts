import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  PairRequest,
  PhoneAnswer,
  PhoneAnswerResponse,
  PhoneRequestParameters,
  PhoneStatus,
  PhoneSubscription,
} from '../../../contract/push.ts'
import type { Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { PhoneProof } from '../../domain/push/admit-phone.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { pairPhone } from '../../features/phone/pair.ts'
import { readPhone, readPhoneAgain } from '../../features/phone/status.ts'
import { subscribePhone } from '../../features/phone/subscribe.ts'
import { answerPhone } from '../../features/recovery/answer-phone.ts'
import { proofOf } from '../credentials.ts'
import { createEventStreams } from '../event-streams.ts'
import { refusals, sendRefusal } from '../problems.ts'

const querystring = z.strictObject({})

/**
 * Our authenticator on a phone. SECURITY: there is no cookie and no token: each request is signed by the
 * key that the phone has made when it was paired, with method, address, time and the digest of what it
 * sends, and each signature is good once.
 */
export const phoneRoutes: FastifyPluginAsyncZod<{ dependencies: ServerDependencies }> = async (
  app,
  { dependencies: deps },
) => {
  const sendEvents = createEventStreams(app)
  const bodies = new WeakMap<FastifyRequest, string>()
  // As it was sent, since that is what was signed.
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (request: FastifyRequest, body: string | Buffer) => {
      bodies.set(request, body as string)
      try {
        return JSON.parse(body as string)
      } catch {
        throw Object.assign(new Error('not JSON'), { statusCode: 400 })
      }
    },
  )
  app.addHook('onRequest', async (_, reply) => {
    reply.header('cache-control', 'no-store')
  })

  /** Answers with what a feature says, if the phone may be heard at all. */
  async function answer<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    feature: (proof: PhoneProof) => Promise<Result<T, Refusal>>,
  ) {
    const proof = proofOf(deps, request, { body: bodies.get(request) ?? '' })
    const result = proof.ok ? await feature(proof.value) : proof
    if (!result.ok) return sendRefusal(reply, result.error)
    return reply.code(200).send(result.value)
  }

  app.post(
    '/phone/pair',
    { schema: { querystring, body: PairRequest, response: { 200: PhoneStatus, ...refusals } } },
    (request, reply) => answer(request, reply, (proof) => pairPhone(deps, request.body, proof)),
  )

  app.get(
    '/phone',
    { schema: { querystring, response: { 200: PhoneStatus, ...refusals } } },
    (request, reply) => answer(request, reply, (proof) => readPhone(deps, proof)),
  )

  app.get(
    '/phone/events',
    { schema: { querystring, response: { 200: z.string(), ...refusals } } },
    async (request, reply) => {
      const proof = proofOf(deps, request, { body: '' })
      if (!proof.ok) return sendRefusal(reply, proof.error)
      const first = await readPhone(deps, proof.value)
      if (!first.ok) return sendRefusal(reply, first.error)
      return sendEvents(reply, {
        listener: `phone:${proof.value.thumbprint}`,
        first: first.value,
        next: async () => {
          const again = await readPhoneAgain(deps, proof.value)
          return again.ok ? again.value : null
        },
        isLast: () => false,
      })
    },
  )

  app.put(
    '/phone/subscription',
    { schema: { querystring, body: PhoneSubscription, response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      const proof = proofOf(deps, request, { body: bodies.get(request) ?? '' })
      if (!proof.ok) return sendRefusal(reply, proof.error)
      const kept = await subscribePhone(deps, request.body, proof.value)
      return kept.ok ? reply.code(204).send(null) : sendRefusal(reply, kept.error)
    },
  )

  app.post(
    '/phone/requests/:requestId',
    {
      schema: {
        querystring,
        params: PhoneRequestParameters,
        body: PhoneAnswer,
        response: { 200: PhoneAnswerResponse, ...refusals },
      },
    },
    (request, reply) => {
      const call = { requestId: request.params.requestId, answer: request.body }
      return answer(request, reply, (proof) => answerPhone(deps, call, proof))
    },
  )
}
