import { useCallback, useEffect, useRef, useState } from 'react'
import type {
  AuthenticationOptions,
  AuthenticationResponse,
  RegistrationOptions,
  RegistrationResponse,
} from '../contract/web-authn.ts'
import { type CeremonyFault, registerAuthenticator, showAuthenticator } from './authenticator.ts'

/** A ceremony that ends with the screen, and what went wrong with the last one. */
export function useCeremony() {
  const [fault, setFault] = useState<CeremonyFault | null>(null)
  const running = useRef<AbortController | null>(null)
  const stop = useCallback(() => running.current?.abort(), [])
  useEffect(() => stop, [stop])

  const run = useCallback(
    async <Options, Response>(
      ceremony: (
        options: Options,
        signal: AbortSignal,
      ) => Promise<{ ok: true; value: Response } | { ok: false; error: CeremonyFault }>,
      options: Options,
    ): Promise<Response | null> => {
      stop()
      const controller = new AbortController()
      running.current = controller
      setFault(null)
      const result = await ceremony(options, controller.signal)
      if (result.ok) return result.value
      setFault(result.error)
      return null
    },
    [stop],
  )
  /** Null: it came to nothing, which `fault` says. */
  const show = useCallback(
    (options: AuthenticationOptions): Promise<AuthenticationResponse | null> =>
      run(showAuthenticator, options),
    [run],
  )
  const register = useCallback(
    (options: RegistrationOptions): Promise<RegistrationResponse | null> =>
      run(registerAuthenticator, options),
    [run],
  )
  return { fault, show, register, stop }
}
