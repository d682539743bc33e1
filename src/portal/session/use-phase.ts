import { useCallback, useEffect, useState } from 'react'
import type { PortalSettings } from '../../contract/enrolment.ts'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import type { PortalApi } from '../api/portal-api.ts'
import type { Departure, Phase } from './phase.ts'

/** Who is signed in, and what is set up: read at the beginning, and again after each change. */
export function usePhase(api: PortalApi) {
  const [settings, setSettings] = useState<PortalSettings>({ organisation: '', helpdesk: '' })
  const [phase, setPhase] = useState<Phase>({ name: 'loading' })

  /** Reads both anew. `because` is what to say when the session turns out to be over. */
  const refresh = useCallback(
    async (because: Departure): Promise<void> => {
      const session = await api.session()
      if (!session.ok) return setPhase(phaseAfter(session.error, because))
      const methods = await api.methods()
      if (!methods.ok) return setPhase(phaseAfter(methods.error, because))
      setPhase({ name: 'signed-in', session: session.value, methods: methods.value })
    },
    [api],
  )

  const begin = useCallback(async () => {
    setPhase({ name: 'loading' })
    const known = await api.settings()
    if (!known.ok) return setPhase({ name: 'failed', error: known.error })
    setSettings(known.value)
    await refresh(null)
  }, [api, refresh])

  useEffect(() => {
    void begin()
  }, [begin])

  const leave = useCallback((because: Departure) => setPhase({ name: 'signed-out', because }), [])
  return { settings, phase, begin, refresh, leave }
}

function phaseAfter(error: JourneyError, because: Departure): Phase {
  if (error.code === 'session_required') return { name: 'signed-out', because }
  return { name: 'failed', error }
}
