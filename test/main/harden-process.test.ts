import { describe, expect, test } from 'vitest'
import { cleanEnvironment, findStartRefusal } from '../../src/main/harden-process.ts'

const start = { isPackaged: true, argv: [] as string[], uid: 1000 as number | undefined }

describe('a packaged helper does not start', () => {
  test.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '--REMOTE-DEBUGGING-PORT=9222',
    '-remote-debugging-port=9222',
    '/remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0.0.0.0:9229',
    '--ignore-certificate-errors',
    '--host-resolver-rules=MAP * 192.0.2.1',
    '--proxy-server=attacker.example',
    '--ssl-key-log-file=/tmp/keys',
    '--log-net-log=/tmp/log',
    '--no-sandbox',
    '--disable-gpu-sandbox',
    '--disable-web-security',
    '--user-data-dir=/tmp/x',
    '--renderer-cmd-prefix=/tmp/x',
    '--load-extension=/tmp/x',
    '--js-flags=--expose-gc',
    '--config=/tmp/latchkey.json',
    '--',
    '/tmp/app',
    '',
  ])('with %j', (argument) => {
    expect(findStartRefusal({ ...start, argv: ['--lang=de', argument] })).toMatch(
      /^Latchkey does not/,
    )
  })

  test('as root', () => {
    expect(findStartRefusal({ ...start, uid: 0 })).toContain('root')
  })

  test('and does not repeat values of switches', () => {
    const refusal = findStartRefusal({ ...start, argv: ['--proxy-server=secret'] })
    expect(refusal).toBe('Latchkey does not accept --proxy-server.')
  })
})

test('it starts with nothing, and with what people with their own displays need', () => {
  expect(findStartRefusal(start)).toBe(null)
  expect(findStartRefusal({ ...start, uid: undefined })).toBe(null)
  const argv = ['--lang=de', '--force-device-scale-factor=2', '--ozone-platform=wayland']
  expect(findStartRefusal({ ...start, argv })).toBe(null)
})

test('one that is not packaged is for developers and tests', () => {
  const argv = ['--remote-debugging-port=0', '/work']
  expect(findStartRefusal({ isPackaged: false, argv, uid: 0 })).toBe(null)
})

test('the environment does not decide about TLS', () => {
  const environment = {
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    SSLKEYLOGFILE: '/tmp/keys',
    HOME: '/home/x',
  }
  cleanEnvironment(environment)
  expect(environment).toEqual({ HOME: '/home/x' })
})
