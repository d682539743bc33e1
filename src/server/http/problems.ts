import type { FastifyReply } from 'fastify'
import { Problem, problems } from '../../contract/problems.ts'
import type { Refusal } from '../domain/refusal.ts'

/** How every route may answer instead of what it is there for, for its description. */
export const refusals = { '4xx': Problem, '5xx': Problem }

/** RFC 9457 problem details of a refusal. */
export function problemOf(refusal: Refusal, requestId: string): Problem {
  const { code, refused, fields, ...members } = refusal
  const { status, title } = problems[code]
  return {
    ...{ type: `urn:latchkey:problem:${code}`, title, status, code, requestId },
    ...members,
    ...(refused === undefined ? {} : { refused: [...refused] }),
    ...(fields === undefined ? {} : { fields: [...fields] }),
  }
}

/** Answers with a refusal. The code goes to the request's log line as well. */
export function sendRefusal<Reply extends Pick<FastifyReply, 'code' | 'header' | 'request'>>(
  reply: Reply,
  refusal: Refusal,
): Reply {
  const problem = problemOf(refusal, reply.request.id)
  reply.request.problemCode = problem.code
  if (refusal.retryAfterSeconds !== undefined) {
    reply.header('retry-after', refusal.retryAfterSeconds)
  }
  reply.code(problem.status).header('content-type', 'application/problem+json; charset=utf-8')
  // As text: the schemas of the routes describe their successes.
  ;(reply as unknown as FastifyReply).send(JSON.stringify(problem))
  return reply
}

declare module 'fastify' {
  interface FastifyRequest {
    problemCode?: string
  }
}
