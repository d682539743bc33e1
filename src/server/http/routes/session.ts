import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  MethodParameters,
  PortalSettings,
  SessionStatus,
  SignInRequest,
  StepUpRequest,
} from '../../../contract/enrolment.ts'
import { PhoneStepUpResponse } from '../../../contract/push.ts'
import { ChallengeResponse } from '../../../contract/recovery.ts'
import { onAnswerGrid } from '../../domain/answer-grid.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { sessionStatus } from '../../features/session/session-status.ts'
import { signIn } from '../../features/session/sign-in.ts'
import { signOut } from '../../features/session/sign-out.ts'
import { stepUp } from '../../features/session/step-up.ts'
import { challengeStepUp } from '../../features/session/step-up-challenge.ts'
import { stepUpByPhone } from '../../features/session/step-up-phone.ts'
import { refusals, sendRefusal } from '../problems.ts'
import { expiredSessionCookie, sessionCookie, sessionToken } from '../session-cookie.ts'
import { guardSessionRoutes, sessionOf } from '../session-guard.ts'

/** Sign-in to the portal, and the proof inside a session that changes to methods ask for. */
export const sessionRoutes: FastifyPluginAsyncZod<{ dependencies: ServerDependencies }> = async (
  app,
  { dependencies: deps },
) => {
  guardSessionRoutes(app, deps)

  app.get(
    '/session/settings',
    { schema: { response: { 200: PortalSettings, ...refusals } } },
    () => {
      const { organisation, helpdesk } = deps.settings
      return { organisation, helpdesk }
    },
  )

  app.post(
    '/session',
    { schema: { body: SignInRequest, response: { 200: SessionStatus, ...refusals } } },
    async (request, reply) => {
      const old = sessionToken(request.headers.cookie)
      const replaces = old === null ? null : deps.secrets.hashToken(old)
      // P6: who exists, is disabled or is in a pause must not show in the time that a refusal takes.
      const opened = await onAnswerGrid(deps.settings.limits.answerGrid, () =>
        signIn(deps, { ...request.body, address: request.ip, replaces }),
      )
      if (!opened.ok) return sendRefusal(reply, opened.error)
      const { session, token } = opened.value
      return reply
        .header('set-cookie', sessionCookie(token))
        .send(await sessionStatus(deps, session))
    },
  )

  app.get(
    '/session',
    { schema: { response: { 200: SessionStatus, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      return sessionStatus(deps, session.value)
    },
  )

  app.delete(
    '/session',
    { schema: { response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (session.ok) await signOut(deps, session.value)
      return reply.header('set-cookie', expiredSessionCookie()).code(204).send(null)
    },
  )

  app.post(
    '/session/step-up/:methodId/challenge',
    { schema: { params: MethodParameters, response: { 200: ChallengeResponse, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const { methodId } = request.params
      const sent = await challengeStepUp(deps, session.value, methodId, request.ip)
      return sent.ok ? sent.value : sendRefusal(reply, sent.error)
    },
  )

  app.post(
    '/session/step-up/phone',
    { schema: { response: { 200: PhoneStepUpResponse, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const asked = await stepUpByPhone(deps, session.value)
      if (!asked.ok) return sendRefusal(reply, asked.error)
      if (asked.value.state === 'approved') {
        reply.header('set-cookie', sessionCookie(asked.value.opened.token))
      }
      return { state: asked.value.state }
    },
  )

  app.post(
    '/session/step-up/:methodId/verify',
    {
      schema: {
        params: MethodParameters,
        body: StepUpRequest,
        response: { 200: SessionStatus, ...refusals },
      },
    },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const proven = await stepUp(deps, session.value, request.params.methodId, request.body)
      if (!proven.ok) return sendRefusal(reply, proven.error)
      reply.header('set-cookie', sessionCookie(proven.value.token))
      return sessionStatus(deps, proven.value.session)
    },
  )
}
