import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AuthenticatorEnrolment,
  AuthenticatorEnrolmentRequest,
  ConfirmAuthenticatorRequest,
  ConfirmMethodRequest,
  EmailEnrolment,
  EmailEnrolmentRequest,
  EnrolledMethods,
  LostMethodsRequest,
  MethodParameters,
  RecoveryCodesEnrolment,
  RenameMethodRequest,
  SmsEnrolment,
  SmsEnrolmentRequest,
  TotpEnrolment,
  TotpEnrolmentRequest,
} from '../../../contract/enrolment.ts'
import { PhoneEnrolment, PhoneNumberRequest } from '../../../contract/push.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { addAuthenticator } from '../../features/enrolment/add-authenticator.ts'
import { addEmail } from '../../features/enrolment/add-email.ts'
import { addPhoneNumber } from '../../features/enrolment/add-phone-number.ts'
import { addRecoveryCodes } from '../../features/enrolment/add-recovery-codes.ts'
import { addTotp } from '../../features/enrolment/add-totp.ts'
import { beginPhone } from '../../features/enrolment/begin-phone.ts'
import { confirmAuthenticator } from '../../features/enrolment/confirm-authenticator.ts'
import { confirmMethod } from '../../features/enrolment/confirm-method.ts'
import { confirmPhone } from '../../features/enrolment/confirm-phone.ts'
import { listMethods } from '../../features/enrolment/list-methods.ts'
import { loseMethods } from '../../features/enrolment/lose-methods.ts'
import { removeMethod } from '../../features/enrolment/remove-method.ts'
import { renameMethod } from '../../features/enrolment/rename-method.ts'
import { refusals, sendRefusal } from '../problems.ts'
import { sessionCookie } from '../session-cookie.ts'
import { guardSessionRoutes, sessionOf } from '../session-guard.ts'

/** A signed-in user's own methods. Whose they are is never read from the request. */
export const meRoutes: FastifyPluginAsyncZod<{ dependencies: ServerDependencies }> = async (
  app,
  { dependencies: deps },
) => {
  guardSessionRoutes(app, deps)

  app.get(
    '/me/methods',
    { schema: { response: { 200: EnrolledMethods, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      return listMethods(deps, session.value)
    },
  )

  app.post(
    '/me/methods/totp',
    { schema: { body: TotpEnrolmentRequest, response: { 200: TotpEnrolment, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const begun = await addTotp(deps, session.value, request.body.label)
      return begun.ok ? begun.value : sendRefusal(reply, begun.error)
    },
  )

  app.post(
    '/me/methods/email',
    { schema: { body: EmailEnrolmentRequest, response: { 200: EmailEnrolment, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const begun = await addEmail(deps, session.value, request.body.address, request.ip)
      return begun.ok ? begun.value : sendRefusal(reply, begun.error)
    },
  )

  app.post(
    '/me/methods/recovery-codes',
    { schema: { response: { 200: RecoveryCodesEnrolment, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const begun = await addRecoveryCodes(deps, session.value)
      return begun.ok ? begun.value : sendRefusal(reply, begun.error)
    },
  )

  app.post(
    '/me/methods/sms',
    { schema: { body: SmsEnrolmentRequest, response: { 200: SmsEnrolment, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const begun = await addPhoneNumber(deps, session.value, request.body.number, request.ip)
      return begun.ok ? begun.value : sendRefusal(reply, begun.error)
    },
  )

  app.post(
    '/me/methods/passkey',
    {
      schema: {
        body: AuthenticatorEnrolmentRequest,
        response: { 200: AuthenticatorEnrolment, ...refusals },
      },
    },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const begun = await addAuthenticator(deps, session.value, request.body)
      return begun.ok ? begun.value : sendRefusal(reply, begun.error)
    },
  )

  app.post(
    '/me/methods/passkey/:methodId/confirm',
    {
      schema: {
        params: MethodParameters,
        body: ConfirmAuthenticatorRequest,
        response: { 200: EnrolledMethods, ...refusals },
      },
    },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const { methodId } = request.params
      const { response } = request.body
      const confirmed = await confirmAuthenticator(deps, session.value, methodId, response)
      if (!confirmed.ok) return sendRefusal(reply, confirmed.error)
      reply.header('set-cookie', sessionCookie(confirmed.value.token))
      return listMethods(deps, confirmed.value.session)
    },
  )

  app.post(
    '/me/methods/push',
    { schema: { response: { 200: PhoneEnrolment, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const begun = await beginPhone(deps, session.value)
      return begun.ok ? begun.value : sendRefusal(reply, begun.error)
    },
  )

  app.post(
    '/me/methods/:methodId/phone',
    {
      schema: {
        params: MethodParameters,
        body: PhoneNumberRequest,
        response: { 200: EnrolledMethods, ...refusals },
      },
    },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const { methodId } = request.params
      const confirmed = await confirmPhone(deps, session.value, methodId, request.body.number)
      if (!confirmed.ok) return sendRefusal(reply, confirmed.error)
      reply.header('set-cookie', sessionCookie(confirmed.value.token))
      return listMethods(deps, confirmed.value.session)
    },
  )

  app.post(
    '/me/methods/:methodId/confirm',
    {
      schema: {
        params: MethodParameters,
        body: ConfirmMethodRequest,
        response: { 200: EnrolledMethods, ...refusals },
      },
    },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const { methodId } = request.params
      const confirmed = await confirmMethod(deps, session.value, methodId, request.body.code)
      if (!confirmed.ok) return sendRefusal(reply, confirmed.error)
      reply.header('set-cookie', sessionCookie(confirmed.value.token))
      return listMethods(deps, confirmed.value.session)
    },
  )

  app.post(
    '/me/methods/lost',
    { schema: { body: LostMethodsRequest, response: { 200: EnrolledMethods, ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const lost = await loseMethods(deps, session.value, request.body.methodIds)
      if (!lost.ok) return sendRefusal(reply, lost.error)
      reply.header('set-cookie', sessionCookie(lost.value.token))
      return listMethods(deps, lost.value.session)
    },
  )

  app.patch(
    '/me/methods/:methodId',
    {
      schema: {
        params: MethodParameters,
        body: RenameMethodRequest,
        response: { 200: EnrolledMethods, ...refusals },
      },
    },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const { methodId } = request.params
      const renamed = await renameMethod(deps, session.value, methodId, request.body.label)
      return renamed.ok ? listMethods(deps, session.value) : sendRefusal(reply, renamed.error)
    },
  )

  app.delete(
    '/me/methods/:methodId',
    { schema: { params: MethodParameters, response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      const session = await sessionOf(deps, request)
      if (!session.ok) return sendRefusal(reply, session.error)
      const removed = await removeMethod(deps, session.value, request.params.methodId)
      if (!removed.ok) return sendRefusal(reply, removed.error)
      return reply.code(204).send(null)
    },
  )
}
