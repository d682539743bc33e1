import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DemoWorld } from './world.ts'

export const APP_FOLDER = resolve(import.meta.dirname, '../..')

/** Writes the configuration that IT would deploy to the workstation. */
export function writeHelperConfiguration(world: DemoWorld, language: 'en' | 'de'): string {
  const folder = join(world.folder, 'workstation')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'latchkey.json')
  const configuration = {
    backendUrl: world.backend.origin,
    caFile: world.caFile,
    organisation: 'Example Corporation',
    helpdesk: 'Helpdesk: +49 30 1234 567',
    language,
  }
  writeFileSync(file, JSON.stringify(configuration, null, 2))
  return file
}
