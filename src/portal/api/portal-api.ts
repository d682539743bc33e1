import {
  AuthenticatorEnrolment,
  EmailEnrolment,
  EnrolledMethods,
  PortalSettings,
  RecoveryCodesEnrolment,
  SessionStatus,
  SmsEnrolment,
  TotpEnrolment,
} from '../../contract/enrolment.ts'
import type { AuthenticatorKind } from '../../contract/method-kinds.ts'
import type { Proof } from '../../contract/methods.ts'
import { PhoneEnrolment, PhoneStepUpResponse } from '../../contract/push.ts'
import { ChallengeResponse } from '../../contract/recovery.ts'
import type { RegistrationResponse } from '../../contract/web-authn.ts'
import { type Answer, call, type Request } from './call.ts'

export type PortalApi = ReturnType<typeof createPortalApi>

/** The backend's verbs as the portal uses them. */
export function createPortalApi() {
  let lastAnswerAt = Date.now()
  const ask = async <T>(request: Request<T>): Promise<Answer<T>> => {
    const answer = await call(request)
    // The backend has seen us, so its idle time begins anew.
    if (answer.ok) lastAnswerAt = Date.now()
    return answer
  }
  const get = <T>(path: string, schema: Request<T>['schema']) =>
    ask({ method: 'GET', path, schema })
  const post = <T>(path: string, schema: Request<T>['schema'], body?: unknown) =>
    ask({ method: 'POST', path, schema, body })
  const remove = (path: string) => ask<void>({ method: 'DELETE', path, schema: null })
  return {
    lastAnswerAt: () => lastAnswerAt,
    settings: () => get('/session/settings', PortalSettings),
    session: () => get('/session', SessionStatus),
    signIn: (account: string, password: string) =>
      post('/session', SessionStatus, { account, password }),
    signOut: () => remove('/session'),
    challenge: (methodId: string) =>
      post(`/session/step-up/${methodId}/challenge`, ChallengeResponse),
    stepUp: (methodId: string, proof: Proof) =>
      post(`/session/step-up/${methodId}/verify`, SessionStatus, proof),
    stepUpByPhone: () => post('/session/step-up/phone', PhoneStepUpResponse),
    methods: () => get('/me/methods', EnrolledMethods),
    addTotp: (label: string) => post('/me/methods/totp', TotpEnrolment, { label }),
    addAuthenticator: (kind: AuthenticatorKind, label: string) =>
      post('/me/methods/passkey', AuthenticatorEnrolment, { kind, label }),
    confirmAuthenticator: (methodId: string, response: RegistrationResponse) =>
      post(`/me/methods/passkey/${methodId}/confirm`, EnrolledMethods, { response }),
    addPhone: () => post('/me/methods/push', PhoneEnrolment),
    confirmPhone: (methodId: string, number: string) =>
      post(`/me/methods/${methodId}/phone`, EnrolledMethods, { number }),
    addEmail: (address: string) => post('/me/methods/email', EmailEnrolment, { address }),
    addPhoneNumber: (number: string) => post('/me/methods/sms', SmsEnrolment, { number }),
    addRecoveryCodes: () => post('/me/methods/recovery-codes', RecoveryCodesEnrolment),
    confirm: (methodId: string, code: string) =>
      post(`/me/methods/${methodId}/confirm`, EnrolledMethods, { code }),
    loseMethods: (methodIds: readonly string[]) =>
      post('/me/methods/lost', EnrolledMethods, { methodIds }),
    renameMethod: (methodId: string, label: string) =>
      ask({
        ...{ method: 'PATCH', path: `/me/methods/${methodId}`, body: { label } },
        schema: EnrolledMethods,
      }),
    removeMethod: (methodId: string) => remove(`/me/methods/${methodId}`),
  }
}
