import { existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { httpsJson } from '../../../scripts/lab/https-json.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'
import { hibpFile, sha1 } from '../breached/lists.ts'
import { type Change, changedConfig, diagnose, run } from '../faults/command.ts'

// The list as IT loads it, from a file to the answer that a helper gets.

const leaked = ['Summer-of-2024-again!', 'Correct horse 7 battery']

let stack: Stack
let index: string

beforeAll(async () => {
  stack = await openStack({
    sections: {
      passwords: { breachedIndex: 'breached.index' },
      limits: { requestsFromAddress: 1_000 },
    },
  })
  index = join(dirname(stack.backend.configFile), 'breached.index')
})

afterAll(() => stack?.stop())

function file(name: string, content: string): string {
  const path = join(dirname(stack.backend.configFile), name)
  writeFileSync(path, content)
  return path
}

const config = (change: Change) => changedConfig(stack.backend.configFile, change)
const passwords = (...args: string[]) => run(stack.backend.configFile, 'passwords', ...args)

/** Any address of the backend, as a browser asks for it. */
function ask(
  path: string,
): Promise<{ status: number; headers: NodeJS.Dict<unknown>; body: string }> {
  return new Promise((resolve, refuse) => {
    const request = get(`${stack.backend.origin}${path}`, { ca: stack.lab.caPem }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        body += piece
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      )
    })
    request.on('error', refuse)
  })
}

const bucketOf = (password: string) =>
  ask(`/api/v1/passwords/breached/${sha1(password).slice(0, 5)}`)

describe('the command line', () => {
  test.each([
    [['load'], 2],
    [['status', 'more'], 2],
    [['load', 'one', '--format', 'csv'], 2],
  ])('%j is wrong', async (args, code) => {
    const answer = await passwords(...(args as string[]))
    expect(answer.code).toBe(code)
    expect(answer.lines.join('\n')).toContain('Usage: latchkey-server passwords load FILE')
  })

  test('a file that is missing or no list is named, in one sentence', async () => {
    expect(await passwords('load', '/nowhere/list.txt')).toEqual({
      code: 1,
      lines: ['/nowhere/list.txt does not exist. The list that was in use stays in use.'],
    })
    const bad = file('bad.txt', 'A'.repeat(40))
    expect(await passwords('load', bad, '--format', 'hibp')).toMatchObject({ code: 0 })
    const worse = file('worse.txt', `${'F'.repeat(40)}:1\n${'0'.repeat(40)}:1\n`)
    const { code, lines } = await passwords('load', worse)
    expect(code).toBe(1)
    expect(lines).toEqual([
      expect.stringMatching(
        /^\/.*worse\.txt is not in the order .*take the list "ordered by hash"\./,
      ),
    ])
  })

  test('without a place for it, nothing can be loaded', async () => {
    const without = config((changed) => {
      delete changed.passwords
    })
    expect(await run(without, 'passwords', 'load', file('words.txt', 'a\n'))).toEqual({
      code: 1,
      lines: ['Where is the list to go? Set passwords.breachedIndex in the configuration first.'],
    })
    expect(await run(without, 'passwords', 'status')).toEqual({
      code: 0,
      lines: [expect.stringMatching(/^Leaked passwords: 4\d,\d{3} passwords, the small list that/)],
    })
  })

  test('a place that cannot be written to is named', async () => {
    const nowhere = config((changed) => {
      changed.passwords.breachedIndex = '/nowhere/breached.index'
    })
    expect(await run(nowhere, 'passwords', 'load', file('words.txt', 'a\n'))).toEqual({
      code: 1,
      lines: ['/nowhere does not exist. The list that was in use stays in use.'],
    })
  })
})

describe('a list that cannot be read', () => {
  beforeEach(() => rmSync(index, { force: true }))

  test.each([
    ['is missing', () => {}, /breached\.index does not exist/],
    [
      'is cut off',
      async () => {
        await passwords('load', file('words.txt', leaked.join('\n')), '--format', 'words')
        truncateSync(index, 5_000_000 - 900_000)
      },
      /breached\.index is damaged/,
    ],
  ] as const)(
    'when it %s, doctor, the probe and the address say so',
    async (_, spoil, sentence) => {
      await spoil()
      // Nobody is told within the seconds for which the last look counts.
      await expect
        .poll(() => ask('/readyz').then(({ status }) => status), { timeout: 25_000 })
        .toBe(503)
      expect(await httpsJson(`${stack.backend.origin}/readyz`, stack.lab.caPem)).toMatchObject({
        body: { status: 'not_ready', store: true, directory: true, breachedList: false },
      })
      const answer = await bucketOf('anything')
      expect(answer.status).toBe(503)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'breached_list_unavailable' })
      expect(await diagnose(stack.backend.configFile)).toEqual([
        expect.stringMatching(/^leaked passwords: .*No password can be set -> Load a list/),
      ])
      const status = await passwords('status')
      expect(status).toEqual({ code: 1, lines: [expect.stringMatching(sentence)] })
    },
  )

  test('where a warning is enough, doctor warns', async () => {
    const lenient = config((changed) => {
      changed.policy = { breached: 'warn' }
    })
    expect(await diagnose(lenient)).toEqual([])
    const { lines } = await run(lenient, 'doctor')
    expect(lines.join('\n')).toMatch(/warn {2}leaked passwords: .*does not exist/)
  })
})

describe('a list that was loaded while the backend runs', () => {
  test('is put in its place, and taken up by itself', async () => {
    rmSync(index, { force: true })
    const loaded = await passwords('load', file('hibp.txt', hibpFile(leaked)))
    const day = new Date().toISOString().slice(0, 10)
    expect(loaded).toEqual({
      code: 0,
      lines: [`${index}: 2 passwords, from a list of hashes, loaded on ${day}.`],
    })
    await expect
      .poll(() => ask('/readyz').then(({ status }) => status), { timeout: 25_000 })
      .toBe(200)
  })

  test('is what doctor and status speak of, and whole', async () => {
    expect(await diagnose(stack.backend.configFile)).toEqual([])
    const { code, lines } = await passwords('status', '--verify', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(lines.join(''))).toMatchObject({
      ...{ usable: true, source: 'hibp', count: 2, fault: null },
    })
    expect(existsSync(`${index}.loading`)).toBe(false)
  })

  test.each(['ABCD', 'ABCDEF', 'ABCDG', '..%2f..', 'ABCDE?more=1', ''])(
    'anything but five hexadecimal digits is refused: %s',
    async (prefix) => {
      const { status, body } = await ask(`/api/v1/passwords/breached/${prefix}`)
      expect([400, 404]).toContain(status)
      expect(body).not.toContain(':1')
    },
  )

  test('tells the hashes that begin alike, in answers of one length, kept by nobody', async () => {
    const hit = await bucketOf('Summer-of-2024-again!')
    const miss = await bucketOf('Winter-of-2024-again!')
    expect(hit.body).toContain(`${sha1('Summer-of-2024-again!').slice(5)}:1\r\n`)
    expect(miss.body).not.toContain(':1')
    for (const { status, headers, body } of [hit, miss]) {
      expect(status).toBe(200)
      expect(body).toMatch(/^([0-9A-F]{35}:[01]\r\n){16}$/)
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-type': 'text/plain; charset=utf-8',
      })
    }
    expect(hit.headers['content-length']).toBe(miss.headers['content-length'])
    const names = ({ headers }: typeof hit) => Object.keys(headers).sort()
    expect(names(hit)).toEqual(names(miss))
  })

  test('what was asked is in no log', async () => {
    const prefix = sha1('Summer-of-2024-again!').slice(0, 5)
    expect(stack.backend.output()).toContain('/passwords/breached/:prefix')
    expect(stack.backend.output()).not.toContain(`breached/${prefix}`)
  })

  test('an address that asks all the time has to wait', async () => {
    let limited: Awaited<ReturnType<typeof ask>> | undefined
    for (let round = 0; round < 60 && !limited; round += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => bucketOf('anything')))
      limited = answers.find(({ status }) => status === 429)
    }
    expect(JSON.parse(limited?.body ?? '{}')).toMatchObject({ code: 'rate_limited' })
    // Resets are counted apart.
    expect((await ask('/api/v1/openapi.json')).status).toBe(200)
  })
})
