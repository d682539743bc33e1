import { describe, expect, it } from 'vitest'
import { npmCommand, parseArguments, staleReason } from '../../scripts/setup/dependencies.mjs'

const entry = { version: '1.0.0', integrity: 'sha512-a' }
const lock = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } })

describe('staleReason', () => {
  it('finds that nothing is installed', () => {
    expect(staleReason(lock({}), undefined)).toBe('packages are not installed yet')
  })

  it('finds a missing package', () => {
    const reason = staleReason(lock({ 'node_modules/a/node_modules/@s/b': entry }), lock({}))
    expect(reason).toBe('@s/b is not installed')
  })

  it.each([
    ['version', { ...entry, version: '1.0.1' }],
    ['contents', { ...entry, integrity: 'sha512-b' }],
  ])('finds another %s', (_, installed) => {
    const reason = staleReason(
      lock({ 'node_modules/a': entry }),
      lock({ 'node_modules/a': installed }),
    )
    expect(reason).toMatch(/^a is .*, the lock file says 1\.0\.0$/)
  })

  it('finds another version of an optional package', () => {
    const wanted = lock({ 'node_modules/a': { ...entry, optional: true } })
    const installed = lock({ 'node_modules/a': { ...entry, version: '0.9.0' } })
    expect(staleReason(wanted, installed)).toBe('a is 0.9.0, the lock file says 1.0.0')
  })

  it('accepts the same packages, without the optional ones of other platforms', () => {
    const wanted = lock({
      'node_modules/a': entry,
      'node_modules/a-windows': { ...entry, optional: true },
    })
    expect(staleReason(wanted, lock({ 'node_modules/a': entry }))).toBeUndefined()
  })
})

describe('npmCommand', () => {
  it('does not take another package manager for npm', () => {
    const environment = { npm_execpath: '/usr/lib/node_modules/yarn/bin/yarn.js' }
    expect(npmCommand(environment, '/usr/bin/node', 'linux').command).toBe('npm')
  })

  it('uses the npm that started us', () => {
    const environment = { npm_execpath: '/opt/npm/bin/npm-cli.js' }
    expect(npmCommand(environment, '/usr/bin/node', 'linux')).toEqual({
      command: '/usr/bin/node',
      leading: ['/opt/npm/bin/npm-cli.js'],
      shell: false,
    })
  })

  it('finds npm on PATH', () => {
    expect(npmCommand({}, '/usr/bin/node', 'linux').command).toBe('npm')
    expect(npmCommand({}, 'node.exe', 'win32')).toEqual({
      command: 'npm.cmd',
      leading: [],
      shell: true,
    })
  })
})

describe('parseArguments', () => {
  it.each([[[]], [['--help']]])('refuses %j', (args) => {
    expect(parseArguments(args)).toBeUndefined()
  })

  it('passes on what follows the script', () => {
    expect(parseArguments(['a.ts', '--x', 'b c'])).toEqual({ script: 'a.ts', rest: ['--x', 'b c'] })
  })
})
