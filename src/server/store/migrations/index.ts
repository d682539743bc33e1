import { StoreUnavailableError } from '../../domain/ports/store-unavailable.ts'
import { first } from './0001-first.ts'
import { credentials } from './0002-credentials.ts'
import { push } from './0003-push.ts'
import { writtenCodes } from './0004-written-codes.ts'
import { policies } from './0005-policies.ts'
import type { Migration } from './migration.ts'

/** In ascending order of their versions. */
export const migrations: readonly Migration[] = [first, credentials, push, writtenCodes, policies]

/** The version that this program reads and writes. */
export const currentVersion = migrations.at(-1)?.version ?? 0

/** @throws when the tables are not those that this program knows */
export function checkVersion(found: number): void {
  if (found > currentVersion) throw tooNew(found)
  if (found === currentVersion) return
  const what = found === 0 ? 'has no tables yet' : `is at version ${found} of ${currentVersion}`
  const message = `The store ${what}: run "latchkey-server migrate".`
  throw new StoreUnavailableError('schema', message)
}

/** What is missing in a store at version `found`. @throws when it is newer than this program */
export function outstanding(found: number): readonly Migration[] {
  if (found > currentVersion) throw tooNew(found)
  return migrations.filter(({ version }) => version > found)
}

function tooNew(found: number): StoreUnavailableError {
  const message =
    `The store was written by a newer Latchkey (version ${found}; this one knows ` +
    `${currentVersion}). Start the newer one, or restore a backup from before the update.`
  return new StoreUnavailableError('schema', message)
}
