// The load generator: a process of its own, told by its parent whom to recover where. Everything that
// can be made before the clock starts is made before: connections, keys, codes and the first proof.
// Against the floor it sends the same requests and signs the same proofs.
import { type Answer, type Connection, openConnection } from './connection.ts'
import type { LoadReport, LoadTask } from './load-types.ts'
import { type ClientKeys, createClientKeys, proofHeaders } from './proofs.ts'

interface Call {
  account: string
  code: string
  keys: ClientKeys
  firstHeaders: string
}

const paths = { start: '/api/v1/recoveries' }

process.on('message', (task: LoadTask) => {
  run(task).then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})

async function run(task: LoadTask): Promise<LoadReport> {
  const { origin, port, caPem, people } = task
  const calls = people.map(({ account, code }): Call => {
    const keys = createClientKeys()
    const firstHeaders = proofHeaders(keys, `${origin}${paths.start}`)
    return { account, code, keys, firstHeaders }
  })
  const connections = await Promise.all(
    Array.from({ length: task.connections }, () => openConnection(port, caPem)),
  )
  const report: LoadReport = { elapsedMs: 0, cpuMs: 0, requestMs: [], recoveryMs: [], sample: null }
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      for (let call = calls.pop(); call; call = calls.pop()) {
        await recover(connection, task, call, report)
      }
    }),
  )
  report.elapsedMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpuBefore)
  report.cpuMs = (user + system) / 1000
  for (const connection of connections) connection.close()
  return report
}

async function recover(connection: Connection, task: LoadTask, call: Call, report: LoadReport) {
  const { account, code, keys, firstHeaders } = call
  const begunAt = performance.now()
  const post = async (path: string, headers: string, body: object) => {
    const sentAt = performance.now()
    const answer = await connection.post(path, headers, JSON.stringify(body))
    report.requestMs.push(performance.now() - sentAt)
    return mustSucceed(path, answer)
  }
  const start = await post(paths.start, firstHeaders, { account, purpose: 'reset' })
  const { recoveryId, token, methods } = JSON.parse(start)
  const step = (path: string, body: object) => {
    const whole = `${paths.start}/${recoveryId}${path}`
    return post(whole, proofHeaders(keys, `${task.origin}${whole}`, token), body)
  }
  const verify = await step(`/methods/${methods[0].methodId}/verify`, { kind: 'totp', code })
  const { sealingKey } = keys
  const plan = await step('/plan', { reachable: [task.controller], sealingKey })
  report.recoveryMs.push(performance.now() - begunAt)
  report.sample ??= { start, verify, plan }
}

function mustSucceed(path: string, { status, body }: Answer): string {
  if (status >= 300) throw new Error(`${path} answered ${status}: ${body}`)
  return body
}
