import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryFolder {
  path: string
  remove(): void
}

const folders = new Set<string>()

process.on('exit', () => {
  for (const path of folders) remove(path)
})

/** A new folder below the system's one for temporary files; gone at the end of the process at the latest. */
export function temporaryFolder(name: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), `latchkey-${name}-`))
  folders.add(path)
  return { path, remove: () => remove(path) }
}

function remove(path: string): void {
  folders.delete(path)
  rmSync(path, { recursive: true, force: true, maxRetries: 5 })
}
