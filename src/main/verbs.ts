import { app } from 'electron'
import type { JourneyError, ProgressStep } from '../contract/journey-bridge.ts'
import { err } from '../contract/result.ts'
import type { Configuration } from './config/configuration.ts'
import type { Verbs } from './ipc/serve-verbs.ts'
import type { Log } from './log.ts'
import type { RecoveryController } from './recovery/controller.ts'
import { journeySettings } from './settings.ts'

const notConfigured = err<JourneyError>({ code: 'not_configured' })

/**
 * What each verb of the page does.
 *
 * @param configuration - null when IT has not configured this machine: then every verb says so
 */
export function createVerbs(
  configuration: Configuration | null,
  log: Log,
  onProgress: (step: ProgressStep) => void,
): Verbs & { warmUp(): Promise<void> } {
  // Not a switch that the packaged helper accepts: its window is no kiosk yet.
  const isLoginScreen = app.commandLine.hasSwitch('login-screen')
  const settings = async () => journeySettings(configuration, app.getLocale(), isLoginScreen)
  const leave = async () => app.quit()
  const nothing = async () => {}
  if (configuration === null) return { ...withoutBackend, settings, leave, warmUp: nothing }

  let opened: Promise<RecoveryController> | undefined
  const controller = () => {
    opened ??= import('./recovery/open-recovery.ts').then(({ openRecovery }) =>
      openRecovery(configuration, log, onProgress),
    )
    return opened
  }
  return {
    settings,
    /** Loads what the first verbs need, while the user reads the first screen. */
    warmUp: async () => {
      await Promise.all([controller(), import('./ipc/parse-request.ts')])
      await import('../directory/index.ts')
    },
    leave,
    start: async (request) => (await controller()).start(request),
    challenge: async (methodId) => (await controller()).challenge(methodId),
    verify: async (methodId, proof) => (await controller()).verify(methodId, proof),
    watch: async () => (await controller()).watch(),
    prepare: async () => (await controller()).prepare(),
    checkLeaked: async (password) => (await controller()).checkLeaked(password),
    setPassword: async (newPassword) => (await controller()).setPassword(newPassword),
    unlock: async () => (await controller()).unlock(),
    abandon: async () => (await opened)?.abandon(),
  }
}

const withoutBackend: Omit<Verbs, 'settings' | 'leave'> = {
  start: async () => notConfigured,
  challenge: async () => notConfigured,
  verify: async () => notConfigured,
  watch: async () => notConfigured,
  prepare: async () => notConfigured,
  checkLeaked: async () => notConfigured,
  setPassword: async () => notConfigured,
  unlock: async () => notConfigured,
  abandon: async () => {},
}
