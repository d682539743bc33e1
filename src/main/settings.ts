import type { JourneySettings } from '../contract/journey-bridge.ts'
import type { Configuration } from './config/configuration.ts'

/**
 * What the screens need to know about where they run.
 *
 * @param configuration - null when IT has not configured this machine
 * @param locale - the system's, e.g. `de-AT`
 * @param isLoginScreen - started from the login screen, to which leaving leads back
 */
export function journeySettings(
  configuration: Configuration | null,
  locale: string,
  isLoginScreen: boolean,
): JourneySettings {
  const { organisation = '', helpdesk = '', language = null } = configuration ?? {}
  const preferred = locale.toLowerCase().startsWith('de') ? 'de' : 'en'
  const surface = isLoginScreen ? 'login-screen' : 'window'
  const blockedBy = configuration === null ? 'not_configured' : null
  return { organisation, helpdesk, language: language ?? preferred, surface, blockedBy }
}
