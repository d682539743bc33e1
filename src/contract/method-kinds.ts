/**
 * What a user can enrol, the hardest to steal first: that is the order in which people are offered
 * them. Each kind has its own screen and one verifier on the backend. Without schemas, so that the
 * first screen does not have to load them.
 */
export const methodKinds = [
  'passkey',
  'securityKey',
  'push',
  'totp',
  'recoveryCode',
  'temporaryPass',
  'sms',
  'email',
] as const
export type MethodKind = (typeof methodKinds)[number]

export type MethodStrength = 'phishing-resistant' | 'strong' | 'weak'

/**
 * NIST SP 800-63B-4 §3.2.5: only what is bound to the name of the verifier resists phishing. §3.1: a
 * mailbox or a telephone number proves little, so neither ever stands alone.
 */
export const methodStrength: Record<MethodKind, MethodStrength> = {
  passkey: 'phishing-resistant',
  securityKey: 'phishing-resistant',
  push: 'strong',
  totp: 'strong',
  recoveryCode: 'strong',
  temporaryPass: 'strong',
  sms: 'weak',
  email: 'weak',
}

/**
 * How each kind is proven: a code is typed, after it was sent or without; an authenticator is touched;
 * or a phone asks for a number.
 */
const waysToProve = {
  passkey: 'authenticator',
  securityKey: 'authenticator',
  push: 'phone',
  totp: 'typed',
  recoveryCode: 'typed',
  temporaryPass: 'typed',
  sms: 'sent',
  email: 'sent',
} as const satisfies Record<MethodKind, 'typed' | 'sent' | 'authenticator' | 'phone'>

type KindProvenBy<Way> = {
  [Kind in MethodKind]: (typeof waysToProve)[Kind] extends Way ? Kind : never
}[MethodKind]

/** Kinds whose code is sent to somebody who then types it. */
export type SentKind = KindProvenBy<'sent'>
/** Kinds whose proof is a code that is typed. */
export type TypedKind = KindProvenBy<'typed' | 'sent'>
/** Kinds that are proven by WebAuthn. */
export type AuthenticatorKind = KindProvenBy<'authenticator'>

export function isSentKind(kind: MethodKind): kind is SentKind {
  return waysToProve[kind] === 'sent'
}

export function isTypedKind(kind: MethodKind): kind is TypedKind {
  return waysToProve[kind] === 'typed' || waysToProve[kind] === 'sent'
}

/** Kinds of devices, which their owners give names; the others are known by an address or by nothing. */
export function hasOwnName(kind: MethodKind): boolean {
  return isAuthenticatorKind(kind) || kind === 'push' || kind === 'totp'
}

export function isAuthenticatorKind(kind: MethodKind): kind is AuthenticatorKind {
  return waysToProve[kind] === 'authenticator'
}

/** Kinds whose code comes from paper or is read out: letters and digits. See `written-code.ts`. */
export type WrittenKind = 'recoveryCode' | 'temporaryPass'

export function isWrittenKind(kind: MethodKind): kind is WrittenKind {
  return kind === 'recoveryCode' || kind === 'temporaryPass'
}
