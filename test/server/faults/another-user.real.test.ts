import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { configFolder } from '../config/config-folder.ts'

// Root prepares, another account runs: what root has made under umask 077 is named, with the way out.

const cli = resolve(import.meta.dirname, '../../../src/server/cli.ts')

/** A right configuration that belongs to `nobody`, and a command that runs as that account. */
function foreign() {
  const { folder, config, put, write } = configFolder()
  const file = write(config)
  execFileSync('chown', ['-R', 'nobody', folder])
  const runAs = (user: string, command: string) => {
    const args = [cli, command, '--config', file]
    const { status, stdout, stderr } = spawnSync(
      'runuser',
      ['-u', user, '--', process.execPath, ...args],
      { encoding: 'utf8', timeout: 30_000 },
    )
    return { code: status, text: `${stdout}${stderr}`.trim() }
  }
  return { folder, file, put, runAs }
}

test('a configuration that only root can read', () => {
  const { file, runAs } = foreign()
  chownSync(file, 0, 0)
  const { code, text } = runAs('nobody', 'migrate')
  expect(code).toBe(1)
  expect(text).toContain(
    `${file}: cannot be read by this user; expected a configuration file that the account which runs latchkey-server can read: chown or chmod it`,
  )
})

test('a key that only root can read', () => {
  const { folder, runAs } = foreign()
  chownSync(join(folder, 'key.pem'), 0, 0)
  expect(runAs('nobody', 'migrate').text).toContain(
    `server.tls.keyFile: ${join(folder, 'key.pem')} cannot be read by this user; expected a file that the account`,
  )
})

test('a store that root has made', () => {
  const { folder, runAs } = foreign()
  expect(runAs('root', 'migrate')).toMatchObject({ code: 0 })
  const store = join(folder, 'latchkey.db')
  const sentence = `The store belongs to another user (root): run "chown nobody ${store}".`
  expect(runAs('nobody', 'migrate')).toEqual({ code: 1, text: sentence })
  chmodSync(store, 0o666)
  expect(runAs('nobody', 'migrate')).toEqual({ code: 1, text: sentence })
  execFileSync('chown', ['nobody', store])
  expect(runAs('nobody', 'migrate')).toMatchObject({ code: 0 })
})
