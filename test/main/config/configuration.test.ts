import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { err, ok } from '../../../src/contract/result.ts'
import { parseConfiguration } from '../../../src/main/config/configuration.ts'

const certificates = join(import.meta.dirname, '../backend/certificates')
const pinned = readFileSync(join(certificates, 'pinned.pem'), 'utf8')
const server = readFileSync(join(certificates, 'server.pem'), 'utf8')
const missing = (path: string) =>
  err({ code: 'missing', problems: [`${path} does not exist`] } as const)
const source = '/etc/latchkey/latchkey.json'
const valid = { backendUrl: 'https://reset.example.com' }
const parse = (settings: object, file = pinned) =>
  parseConfiguration(JSON.stringify(settings), source, () => ok(file))

function problemsOf(settings: object, file = pinned): readonly string[] {
  const parsed = parse(settings, file)
  return parsed.ok ? [] : parsed.error.problems
}

describe('a configuration is refused', () => {
  test.each([
    'http://reset.example.com',
    'ftp://reset.example.com',
    'reset.example.com',
    'https://',
    'https://user:secret@reset.example.com',
    'https://reset.example.com/portal',
    'https://reset.example.com/?x=1',
    'https://reset.example.com/#x',
    '',
    7,
  ])('whose backendUrl is %j', (backendUrl) => {
    const [problem, ...others] = problemsOf({ backendUrl })
    expect(problem).toMatch(/^backendUrl: /)
    expect(others).toEqual([])
  })

  test('with every error named at once, and no value repeated', () => {
    const problems = problemsOf({
      backendUrl: 'http://secret.example',
      caFile: 'relative.pem',
      organisation: 7,
      helpdesk: 'x'.repeat(201),
      language: 'fr',
      trustEverything: true,
    })
    expect(problems).toHaveLength(6)
    for (const name of ['backendUrl', 'caFile', 'organisation', 'helpdesk', 'language']) {
      expect(problems.some((problem) => problem.startsWith(`${name}: `))).toBe(true)
    }
    expect(problems).toContain('trustEverything: not a known setting')
    expect(problems.join()).not.toContain('secret.example')
  })

  test('with words that say how to mend it', () => {
    expect(problemsOf({})).toEqual(['backendUrl: is missing'])
    expect(problemsOf({ backendUrl: 7 })).toEqual(['backendUrl: must be an https:// address'])
    expect(problemsOf({ ...valid, language: 'fr' })).toEqual(['language: must be one of en, de'])
    expect(problemsOf({ ...valid, organisation: 'x'.repeat(101), helpdesk: 7 })).toEqual([
      'organisation: must have at most 100 characters',
      'helpdesk: must be text',
    ])
  })

  test.each([
    ['', ': it is empty'],
    ['{', ' (line 1, column 2)'],
    ['{\n  "helpdesk": "secret",\n}', ' (line 3, column 1)'],
    ['{\n  "helpdesk": secret }', ''],
    ['{ "helpdesk": "secret', ' (line 1, column 22)'],
  ])('with the file and the place, where it is known: %j', (text, place) => {
    const problems = [`${source} is not valid JSON${place}`]
    expect(parseConfiguration(text, source, missing)).toEqual(err({ code: 'invalid', problems }))
  })

  test.each(['', '{', 'null', '[]', '"text"'])('that reads %j', (text) => {
    expect(parseConfiguration(text, source, missing)).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    })
  })

  test('whose CA file is missing, empty, or holds a certificate that is no authority', () => {
    const settings = { ...valid, caFile: '/etc/latchkey/ca.pem' }
    expect(parseConfiguration(JSON.stringify(settings), source, missing)).toEqual({
      ok: false,
      error: { code: 'invalid', problems: ['caFile: /etc/latchkey/ca.pem does not exist'] },
    })
    expect(problemsOf(settings, '')).toEqual(['caFile: holds no certificate in PEM form'])
    for (const file of [server, pinned + server, pinned.replaceAll('M', 'A')]) {
      expect(problemsOf(settings, file)).toEqual([
        'caFile: holds a certificate that is no authority',
      ])
    }
  })
})

test('the least that is needed is an address', () => {
  expect(parse({ backendUrl: 'https://Reset.Example.com:443/' })).toEqual(
    ok({
      backendOrigin: 'https://reset.example.com',
      pinnedCaPem: null,
      organisation: '',
      helpdesk: '',
      language: null,
    }),
  )
})

test('everything that can be set is read', () => {
  const settings = {
    backendUrl: 'https://reset.example.com:8443',
    caFile: '/etc/latchkey/ca.pem',
    organisation: 'Example Corporation',
    helpdesk: 'Helpdesk: +49 30 1234',
    language: 'de',
  }
  expect(parse(settings)).toEqual(
    ok({
      backendOrigin: 'https://reset.example.com:8443',
      pinnedCaPem: pinned.trim(),
      organisation: 'Example Corporation',
      helpdesk: 'Helpdesk: +49 30 1234',
      language: 'de',
    }),
  )
})
