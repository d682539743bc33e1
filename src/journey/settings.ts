import type { JourneyBridge, JourneySettings } from '../contract/journey-bridge.ts'

const patienceMs = 1500

const unknown: JourneySettings = {
  organisation: '',
  helpdesk: '',
  language: null,
  surface: 'login-screen',
  blockedBy: null,
}

/** The settings, or sensible ones when they do not come: a locked-out user must never see nothing. */
export function loadSettings(bridge: JourneyBridge): Promise<JourneySettings> {
  const waited = new Promise<JourneySettings>((resolve) => setTimeout(resolve, patienceMs, unknown))
  return Promise.race([bridge.settings().catch(() => unknown), waited])
}
