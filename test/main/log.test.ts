import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createLog } from '../../src/main/log.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-log-'))
afterAll(() => rmSync(folder, { recursive: true }))
const now = () => Date.parse('2026-03-01T12:00:00Z')

test('what is not a code is not written', () => {
  const log = createLog(join(folder, 'codes'), now)
  log('change-failed', 'Kröten 7 tanzen!')
  log('change-failed', 'password_refused\nforged line')
  log('change-failed', 'password_refused')
  expect(readFileSync(join(folder, 'codes', 'latchkey.log'), 'utf8')).toBe(
    `2026-03-01T12:00:00.000Z change-failed unprintable
2026-03-01T12:00:00.000Z change-failed unprintable
2026-03-01T12:00:00.000Z change-failed password_refused
`,
  )
})

test('only the owner may read it', () => {
  const log = createLog(join(folder, 'mode'), now)
  log('fault', 'x')
  expect(statSync(join(folder, 'mode', 'latchkey.log')).mode & 0o077).toBe(0)
})

test('it does not grow for ever', () => {
  const file = join(folder, 'latchkey.log')
  writeFileSync(file, 'x'.repeat(600_000))
  createLog(folder, now)('fault', 'x')
  expect(statSync(file).size).toBeLessThan(1_000)
})

test('a place where nothing can be written stops nobody', () => {
  writeFileSync(join(folder, 'file'), '')
  chmodSync(join(folder, 'file'), 0o400)
  expect(() => createLog(join(folder, 'file', 'below'), now)('fault', 'x')).not.toThrow()
})
