import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readManagedFile } from '../../../src/main/config/managed-file.ts'
import { readConfiguration } from '../../../src/main/config/read-configuration.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-configuration-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string, mode = 0o644): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

const valid = write('valid.json', '{"backendUrl":"https://reset.example.com"}')
const isRoot = process.getuid?.() === 0

describe('a managed file is refused', () => {
  test.each([0o666, 0o664, 0o646])('when others may change it (%o)', (mode) => {
    const path = write('loose.json', '{}', mode)
    const read = readManagedFile(path, { onlyRoot: true })
    expect(read).toMatchObject({ ok: false, error: { code: 'unreadable' } })
  })

  test('when it belongs to somebody else than root', () => {
    const path = write('owned.json', '{}')
    if (isRoot) chownSync(path, 65_534, 65_534)
    const read = readManagedFile(path, { onlyRoot: true })
    const problems = [`${path} does not belong to root`]
    expect(read).toEqual({ ok: false, error: { code: 'unreadable', problems } })
  })

  test('when it is a folder, too large, or not there', () => {
    const path = join(folder, 'folder')
    mkdirSync(path)
    const large = write('large.json', ' '.repeat(300_000))
    const codes = [path, large, join(folder, 'nothing')].map((file) => {
      const read = readManagedFile(file, { onlyRoot: false })
      return read.ok ? 'read' : read.error.code
    })
    expect(codes).toEqual(['unreadable', 'unreadable', 'missing'])
  })
})

test('a packaged helper takes no file from the command line', () => {
  const options = { platform: 'linux', isPackaged: true, file: valid } as const
  const read = readConfiguration(options)
  if (read.ok) throw new Error('it was read')
  expect(read.error.problems.join()).not.toContain(folder)
})

test('other platforms say honestly that there is nothing yet', () => {
  const read = readConfiguration({ platform: 'win32', isPackaged: true, file: '' })
  expect(read).toMatchObject({ ok: false, error: { code: 'missing' } })
})

test('a helper that is not packaged reads the file it is given', () => {
  const read = readConfiguration({ platform: 'linux', isPackaged: false, file: valid })
  expect(read.ok && read.value.backendOrigin).toBe('https://reset.example.com')
})
