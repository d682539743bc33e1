import { existsSync } from 'node:fs'
import type { Step } from './checks/run-steps.ts'

const BUILD_TIMEOUT_MS = 5 * 60_000

/** What turns the sources into the desktop app and the portal. */
export function buildSteps(): Step[] {
  const steps: (Step & { config: string })[] = [
    {
      name: 'desktop app',
      config: 'electron.vite.config.ts',
      command: 'electron-vite',
      args: ['build'],
      timeoutMs: BUILD_TIMEOUT_MS,
    },
    {
      name: 'portal',
      config: 'vite.portal.config.ts',
      command: 'vite',
      args: ['build', '--config', 'vite.portal.config.ts'],
      timeoutMs: BUILD_TIMEOUT_MS,
    },
  ]
  return steps.filter(({ config }) => existsSync(config))
}
