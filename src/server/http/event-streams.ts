import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { networkOf } from '../domain/network-address.ts'
import { sendRefusal } from './problems.ts'

/** What is told by server-sent events (HTML §9.2): the same thing again whenever it has changed. */
export type Feed<T> = {
  /** Whose line it is: a recovery or a phone. */
  readonly listener: string
  readonly first: T
  /** Null: there is nothing more to be heard. */
  readonly next: () => Promise<T | null>
  readonly isLast: (value: T) => boolean
}

/** The store is asked this often, so that it does not matter which replica heard the answer. */
const everyMs = 1_000
/** Something is said this often, so that no proxy takes the line for dead. */
const heartbeatMs = 15_000
/** Whoever wants more of it asks again, with another proof. */
const longestMs = 15 * 60_000
/**
 * SECURITY: each of them costs a connection and a look at the store every second. These are of one
 * process, for all routes together. Whoever is refused asks again and again instead, which the limits
 * of requests bound.
 */
const most = { inAll: 300, network: 30, listener: 2 } as const

/** How many lines are open, by network and by listener. */
type Count = { inAll: number; readonly by: Map<string, number> }

const counts = new WeakMap<object, Count>()

function countOf(server: object): Count {
  const known = counts.get(server) ?? { inAll: 0, by: new Map<string, number>() }
  counts.set(server, known)
  return known
}

/** @returns how to give the line back; null: there are too many */
function takeLine(count: Count, network: string, listener: string): (() => void) | null {
  const { by } = count
  const taken = [
    { key: `network:${network}`, cap: most.network },
    { key: `listener:${listener}`, cap: most.listener },
  ]
  const isFull = taken.some(({ key, cap }) => (by.get(key) ?? 0) >= cap)
  if (isFull || count.inAll >= most.inAll) return null
  for (const { key } of taken) by.set(key, (by.get(key) ?? 0) + 1)
  count.inAll += 1
  return () => {
    count.inAll -= 1
    for (const { key } of taken) {
      const left = (by.get(key) ?? 1) - 1
      if (left > 0) by.set(key, left)
      else by.delete(key)
    }
  }
}

/** Keeps count of who listens, for all routes of one server, and ends it when that stops. */
export function createEventStreams(app: Pick<FastifyInstance, 'addHook' | 'server'>) {
  const count = countOf(app.server)
  const stop = new AbortController()
  app.addHook('preClose', async () => stop.abort())

  return function sendEvents<T, Reply extends Pick<FastifyReply, 'code' | 'header' | 'request'>>(
    reply: Reply,
    feed: Feed<T>,
  ): Reply {
    const { raw } = reply as unknown as FastifyReply
    // Gone before it was answered.
    if (raw.destroyed) return reply
    const giveBack = takeLine(count, networkOf(reply.request.ip), feed.listener)
    if (giveBack === null) {
      return sendRefusal(reply, { code: 'rate_limited', retryAfterSeconds: 30 })
    }
    const over = new AbortController()
    const signal = AbortSignal.any([stop.signal, over.signal])
    const stream = Readable.from(eventsOf(feed, signal), { objectMode: false })
    // Also when nobody listens any more, while nothing is being said.
    raw.once('close', () => {
      over.abort()
      giveBack()
    })
    reply.header('content-type', 'text/event-stream; charset=utf-8')
    // The line is of no other use, and a server that stops waits for those that are open.
    reply.header('connection', 'close')
    // Some proxies collect an answer before they pass it on.
    reply.header('x-accel-buffering', 'no')
    // The schemas of the routes describe an event stream as text.
    ;(reply as unknown as FastifyReply).send(stream)
    return reply
  }
}

async function* eventsOf<T>(feed: Feed<T>, signal: AbortSignal): AsyncGenerator<string> {
  const startedAt = performance.now()
  let saidAt = startedAt
  let said = ''
  let value: T | null = feed.first
  while (value !== null && !signal.aborted) {
    const text: string = JSON.stringify(value)
    const now = performance.now()
    if (text !== said || now - saidAt >= heartbeatMs) {
      yield text === said ? ':\n\n' : `data: ${text}\n\n`
      ;[said, saidAt] = [text, now]
    }
    if (feed.isLast(value) || now - startedAt >= longestMs) return
    await pause(everyMs, undefined, { signal }).catch(() => undefined)
    // A store that is away ends it; whoever listens asks again and is told.
    value = signal.aborted ? null : await feed.next().catch(() => null)
  }
}
