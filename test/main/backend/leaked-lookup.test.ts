import { describe, expect, test } from 'vitest'
import { err, ok } from '../../../src/contract/result.ts'
import { createLeakedLookup } from '../../../src/main/backend/leaked-lookup.ts'
import type { BackendAnswer, BackendRequest } from '../../../src/main/backend/transport.ts'

const suffix = (digit: string) => digit.repeat(35)
const answerOf = (changes: Partial<BackendAnswer>): BackendAnswer => ({
  status: 200,
  contentType: 'text/plain; charset=utf-8',
  date: '',
  body: `${suffix('A')}:1\r\n${suffix('B')}:0\r\n`,
  ...changes,
})

function lookup(...answers: (BackendAnswer | 'backend_unreachable' | 'backend_untrusted')[]) {
  const requests: BackendRequest[] = []
  const find = createLeakedLookup('https://reset.example.com', async (request) => {
    requests.push(request)
    const answer = answers.shift() ?? 'backend_unreachable'
    return typeof answer === 'string' ? err(answer) : ok(answer)
  })
  return { find, requests }
}

describe('what is no list says nothing about a password', () => {
  test.each([
    ['an empty answer', { body: '' }],
    ['a page of somebody else', { contentType: 'text/html', body: '<html></html>' }],
    ['JSON', { contentType: 'application/json', body: '[]' }],
    ['a list that was cut off', { body: `${suffix('A')}:1\r\n${suffix('B').slice(3)}` }],
    ['something between its lines', { body: `${suffix('A')}:1\r\nx\r\n` }],
    ['an error without a reason', { status: 500 }],
  ])('%s', async (_, changes) => {
    const { find } = lookup(answerOf(changes))
    expect(await find('ABCDE')).toEqual(err({ code: 'backend_unexpected' }))
  })

  test('a backend that has no list says so', async () => {
    const problem = { type: 'x', title: 'x', status: 503, code: 'breached_list_unavailable' }
    const { find } = lookup(
      answerOf({
        ...{ status: 503, contentType: 'application/problem+json' },
        body: JSON.stringify(problem),
      }),
    )
    expect(await find('ABCDE')).toEqual(err({ code: 'breached_list_unavailable' }))
  })

  test('one that cannot be reached is asked twice, one that is not genuine once', async () => {
    const away = lookup('backend_unreachable', 'backend_unreachable')
    expect(await away.find('ABCDE')).toEqual(err({ code: 'backend_unreachable' }))
    expect(away.requests).toHaveLength(2)
    const impostor = lookup('backend_untrusted', answerOf({}))
    expect(await impostor.find('ABCDE')).toEqual(err({ code: 'backend_untrusted' }))
    expect(impostor.requests).toHaveLength(1)
  })
})

test('the request carries five digits, and nothing that belongs to a recovery', async () => {
  const { find, requests } = lookup(answerOf({}))
  expect(await find('ABCDE')).toEqual(ok(new Set([suffix('A')])))
  expect(requests).toEqual([
    {
      method: 'GET',
      url: 'https://reset.example.com/api/v1/passwords/breached/ABCDE',
      headers: { accept: 'text/plain' },
    },
  ])
})
