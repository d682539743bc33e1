import { hash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { type ListFormat, loadList } from '../../../src/server/breached/load-list.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A folder of its own, gone after the test. */
export function listFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-breached-'))
  folders.push(folder)
  const path = (name: string) => join(folder, name)
  return {
    folder,
    path,
    put(name: string, content: string | Buffer) {
      writeFileSync(path(name), content)
      return path(name)
    },
  }
}

export const sha1 = (password: string) => hash('sha1', password).toUpperCase()

/** As haveibeenpwned.com writes it. */
export function hibpFile(passwords: readonly string[], lineEnd = '\r\n'): string {
  const lines = passwords.map(sha1).sort()
  return lines.map((digest, index) => `${digest}:${index + 1}${lineEnd}`).join('')
}

export function load(
  from: string,
  to: string,
  format: ListFormat | null = null,
  memoryBytes = 1e6,
) {
  return loadList({ from, to, format, memoryBytes, now: () => 1_000_000, onProgress: () => {} })
}
