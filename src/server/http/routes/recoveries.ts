import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  ChallengeResponse,
  CommitResponse,
  CompleteResponse,
  Plan,
  PlanRequest,
  RecoveryMethodParameters,
  RecoveryParameters,
  RecoveryStatus,
  RelayRequest,
  StartRecoveryRequest,
  StartRecoveryResponse,
  VerifyRequest,
  VerifyResponse,
} from '../../../contract/recovery.ts'
import type { Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { isClosed } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { abandon } from '../../features/recovery/abandon.ts'
import type { Credentials } from '../../features/recovery/admit.ts'
import { challenge } from '../../features/recovery/challenge.ts'
import { commit } from '../../features/recovery/commit.ts'
import { complete } from '../../features/recovery/complete.ts'
import { plan } from '../../features/recovery/plan.ts'
import { relay } from '../../features/recovery/relay.ts'
import { startRecovery } from '../../features/recovery/start.ts'
import { readStatus, readStatusAgain } from '../../features/recovery/status.ts'
import { verify } from '../../features/recovery/verify.ts'
import { credentialsOf, proofOf } from '../credentials.ts'
import { createEventStreams } from '../event-streams.ts'
import { refusals, sendRefusal } from '../problems.ts'

const Nothing = z.strictObject({}).nullish()
const querystring = z.strictObject({})

/** The recovery, one route a step. Each call proves that it holds the key of its recovery (RFC 9449). */
export const recoveryRoutes: FastifyPluginAsyncZod<{ dependencies: ServerDependencies }> = async (
  app,
  { dependencies: deps },
) => {
  const sendEvents = createEventStreams(app)
  app.addHook('onRequest', async (_, reply) => {
    reply.header('cache-control', 'no-store')
  })

  /** Answers with what a feature says, if the request may be heard at all. */
  const answer = async <T>(
    request: FastifyRequest,
    reply: FastifyReply,
    feature: (credentials: Credentials) => Promise<Result<T, Refusal>>,
  ) => {
    const credentials = credentialsOf(deps, request)
    const result = credentials.ok ? await feature(credentials.value) : credentials
    return result.ok ? reply.code(200).send(result.value) : refuse(reply, result.error)
  }

  app.post(
    '/recoveries',
    {
      schema: {
        querystring,
        body: StartRecoveryRequest,
        response: { 201: StartRecoveryResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const proof = proofOf(deps, request)
      if (!proof.ok) return refuse(reply, proof.error)
      const started = await startRecovery(deps, request.body, proof.value)
      return started.ok ? reply.code(201).send(started.value) : refuse(reply, started.error)
    },
  )

  app.get(
    '/recoveries/:recoveryId',
    {
      schema: {
        querystring,
        params: RecoveryParameters,
        response: { 200: RecoveryStatus, ...refusals },
      },
    },
    (request, reply) =>
      answer(request, reply, (shown) => readStatus(deps, request.params.recoveryId, shown)),
  )

  app.get(
    '/recoveries/:recoveryId/events',
    {
      schema: {
        querystring,
        params: RecoveryParameters,
        response: { 200: z.string(), ...refusals },
      },
    },
    async (request, reply) => {
      const { recoveryId } = request.params
      const credentials = credentialsOf(deps, request)
      if (!credentials.ok) return refuse(reply, credentials.error)
      const first = await readStatus(deps, recoveryId, credentials.value)
      if (!first.ok) return refuse(reply, first.error)
      return sendEvents(reply, {
        listener: `recovery:${recoveryId}`,
        first: first.value,
        next: async () => {
          const again = await readStatusAgain(deps, recoveryId, credentials.value)
          return again.ok ? again.value : null
        },
        // There is nothing else to wait for: whoever asks before or after is told where it stands.
        isLast: ({ phone, state, expiresAt }) =>
          phone !== 'waiting' || isClosed(state) || deps.now() >= Date.parse(expiresAt),
      })
    },
  )

  app.post(
    '/recoveries/:recoveryId/methods/:methodId/challenge',
    {
      schema: {
        querystring,
        params: RecoveryMethodParameters,
        body: Nothing,
        response: { 200: ChallengeResponse, ...refusals },
      },
    },
    (request, reply) => {
      const { recoveryId, methodId: offerId } = request.params
      const call = { recoveryId, offerId, address: request.ip }
      return answer(request, reply, (shown) => challenge(deps, call, shown))
    },
  )

  app.post(
    '/recoveries/:recoveryId/methods/:methodId/verify',
    {
      schema: {
        querystring,
        params: RecoveryMethodParameters,
        body: VerifyRequest,
        response: { 200: VerifyResponse, ...refusals },
      },
    },
    (request, reply) => {
      const { recoveryId, methodId: offerId } = request.params
      const call = { recoveryId, offerId, proof: request.body }
      return answer(request, reply, (shown) => verify(deps, call, shown))
    },
  )

  app.post(
    '/recoveries/:recoveryId/plan',
    {
      schema: {
        querystring,
        params: RecoveryParameters,
        body: PlanRequest,
        response: { 200: Plan, ...refusals },
      },
    },
    (request, reply) =>
      answer(request, reply, (shown) => plan(deps, request.params.recoveryId, request.body, shown)),
  )

  app.post(
    '/recoveries/:recoveryId/commit',
    {
      schema: {
        querystring,
        params: RecoveryParameters,
        body: Nothing,
        response: { 200: CommitResponse, ...refusals },
      },
    },
    (request, reply) =>
      answer(request, reply, (shown) => commit(deps, request.params.recoveryId, shown)),
  )

  app.post(
    '/recoveries/:recoveryId/relay',
    {
      schema: {
        querystring,
        params: RecoveryParameters,
        body: RelayRequest,
        response: { 200: CompleteResponse, ...refusals },
      },
    },
    (request, reply) =>
      answer(request, reply, (shown) =>
        relay(deps, request.params.recoveryId, request.body, shown),
      ),
  )

  app.post(
    '/recoveries/:recoveryId/complete',
    {
      schema: {
        querystring,
        params: RecoveryParameters,
        body: Nothing,
        response: { 200: CompleteResponse, ...refusals },
      },
    },
    (request, reply) =>
      answer(request, reply, (shown) => complete(deps, request.params.recoveryId, shown)),
  )

  app.delete(
    '/recoveries/:recoveryId',
    {
      schema: {
        querystring,
        params: RecoveryParameters,
        body: Nothing,
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      const credentials = credentialsOf(deps, request)
      if (!credentials.ok) return refuse(reply, credentials.error)
      const abandoned = await abandon(deps, request.params.recoveryId, credentials.value)
      return abandoned.ok ? reply.code(204).send(null) : refuse(reply, abandoned.error)
    },
  )
}

/** RFC 9449 §7.1: tells a caller without an accepted token how to come by one. */
function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.code === 'unauthorized' || refusal.code === 'clock_skew') {
    reply.header('www-authenticate', 'DPoP algs="ES256"')
  }
  return sendRefusal(reply, refusal)
}
