import { Agent, request as httpsRequest } from 'node:https'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uniqueName } from '../../helpers/lab.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'

// At the portal's door: a stranger's refusal takes as long as that of an employee.

const hired = 50
const triesEach = 3
/** How far the chance that a stranger's answer is the slower one may be from one half. */
const bound = 0.12

let stack: Stack

beforeAll(async () => {
  stack = await openStack({ sections: { limits: { requestsFromAddress: 100_000 } } })
})

afterAll(async () => {
  await stack?.stop()
})

/** Milliseconds until the refusal, from a network address of its own so that none is worn out. */
async function timeRefusal(agent: Agent, account: string): Promise<number> {
  const { origin } = stack.backend
  const payload = JSON.stringify({ account, password: 'not the password' })
  const headers = { origin, 'content-type': 'application/json' }
  const begun = performance.now()
  const status = await new Promise<number | undefined>((settle, refuse) => {
    const options = { agent, method: 'POST', headers, timeout: 20_000 }
    const request = httpsRequest(`${origin}/api/v1/session`, options, (response) => {
      response.resume()
      response.on('end', () => settle(response.statusCode))
    })
    request.on('error', refuse)
    request.end(payload)
  })
  expect(status).toBe(401)
  return performance.now() - begun
}

/** The probability that one of `one` is greater than one of `other` (Mann-Whitney U over n·m). */
function chanceOfGreater(one: number[], other: number[]): number {
  const wins = one.flatMap((a) => other.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)))
  return wins.reduce((sum, win) => sum + win, 0) / wins.length
}

it('tells nobody apart by time', async () => {
  const names = Array.from({ length: hired }, () => uniqueName('tim'))
  await stack.lab.directory.createUsers(names.map((name) => ({ name })))
  const times: { employee: number[]; stranger: number[] } = { employee: [], stranger: [] }
  for (const [index, name] of names.entries()) {
    const agent = new Agent({
      ca: stack.lab.caPem,
      keepAlive: true,
      localAddress: `127.0.1.${Math.floor(index / 5) + 1}`,
    })
    const stranger = uniqueName('tim')
    // The first of a connection pays for the handshake, so it is neither's.
    await timeRefusal(agent, uniqueName('tim'))
    for (let attempt = 0; attempt < triesEach; attempt += 1) {
      const isFirst = (index + attempt) % 2 === 0
      if (isFirst) times.employee.push(await timeRefusal(agent, name))
      times.stranger.push(await timeRefusal(agent, stranger))
      if (!isFirst) times.employee.push(await timeRefusal(agent, name))
    }
    agent.destroy()
  }
  expect(times.employee).toHaveLength(hired * triesEach)
  const chance = chanceOfGreater(times.stranger, times.employee)
  expect(Math.abs(chance - 0.5)).toBeLessThan(bound)
}, 120_000)
