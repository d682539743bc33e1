import {
  browserSupportsWebAuthn,
  platformAuthenticatorIsAvailable,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import type { AuthenticatorKind } from '../contract/method-kinds.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type {
  AuthenticationOptions,
  AuthenticationResponse,
  RegistrationOptions,
  RegistrationResponse,
} from '../contract/web-authn.ts'

/** Why there is no use in asking: the browser cannot, or this device has no authenticator of its own. */
export type Absence = 'unsupported' | 'none_here'

/**
 * Why a ceremony came to nothing. Browsers do not tell apart what somebody has cancelled from what no
 * authenticator here could answer (`refused`): WebAuthn L3 §14.5.2.
 */
export type CeremonyFault = 'refused' | 'timed_out' | 'registered' | 'not_capable' | 'failed'

const patienceMs = 3000

/** Whether it makes sense to ask. Never keeps anybody waiting. */
export async function findAbsence(kind: AuthenticatorKind): Promise<Absence | null> {
  if (!browserSupportsWebAuthn()) return 'unsupported'
  if (kind === 'securityKey') return null
  const asked = platformAuthenticatorIsAvailable().catch(() => false)
  const waited = new Promise<false>((resolve) => setTimeout(resolve, patienceMs, false))
  return (await Promise.race([asked, waited])) ? null : 'none_here'
}

/**
 * Has an authenticator answer.
 *
 * @param signal - ends it; whatever comes after that is of no interest to anybody
 */
export function showAuthenticator(
  options: AuthenticationOptions,
  signal: AbortSignal,
): Promise<Result<AuthenticationResponse, CeremonyFault>> {
  return perform(options.timeout, signal, async () => {
    const { id, rawId, response } = await startAuthentication({ optionsJSON: options })
    const { clientDataJSON, authenticatorData, signature, userHandle } = response
    const handle = userHandle ? { userHandle } : {}
    return {
      ...{ id, rawId, type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON, authenticatorData, signature, ...handle },
    }
  })
}

/** Has an authenticator make a new credential. */
export function registerAuthenticator(
  options: RegistrationOptions,
  signal: AbortSignal,
): Promise<Result<RegistrationResponse, CeremonyFault>> {
  return perform(options.timeout, signal, async () => {
    const { id, rawId, response } = await startRegistration({ optionsJSON: options })
    const { clientDataJSON, attestationObject, transports = [] } = response
    return {
      ...{ id, rawId, type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON, attestationObject, transports },
    }
  })
}

/** Ends with the signal and with the time, also where the browser itself would wait for ever. */
async function perform<T>(
  timeout: number,
  signal: AbortSignal,
  ceremony: () => Promise<T>,
): Promise<Result<T, CeremonyFault>> {
  if (signal.aborted) return err('refused')
  let isLate = false
  const cancel = () => WebAuthnAbortService.cancelCeremony()
  const timer = setTimeout(() => {
    isLate = true
    cancel()
  }, timeout)
  signal.addEventListener('abort', cancel)
  try {
    return ok(await ceremony())
  } catch (error) {
    return err(isLate ? 'timed_out' : faultOf(error))
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
  }
}

/** By the names of WebAuthn L3 §5.1.3 and §5.1.4. */
function faultOf(error: unknown): CeremonyFault {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return 'refused'
  if (name === 'InvalidStateError') return 'registered'
  if (name === 'ConstraintError' || name === 'NotSupportedError') return 'not_capable'
  return 'failed'
}
