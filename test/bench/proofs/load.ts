// The load generator of proofs: a process of its own that sends what it is given, and signs nothing
// while the clock runs. It also makes the bare hashes that proofs are compared with.
import { hashCode } from '../../../src/sealing/argon2id.ts'
import { openConnection } from '../recoveries/connection.ts'
import type { ProofReport, ProofTask } from './load-types.ts'

process.on('message', (task: ProofTask) => {
  run(task).then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})

function run(task: ProofTask): Promise<ProofReport> {
  return 'hashes' in task ? hashAll(task) : sendAll(task)
}

async function sendAll({
  port,
  caPem,
  connections: count,
  requests,
}: Extract<ProofTask, { port: number }>): Promise<ProofReport> {
  const connections = await Promise.all(
    Array.from({ length: count }, () => openConnection(port, caPem)),
  )
  const report: ProofReport = { elapsedMs: 0, requestMs: [], answers: [] }
  report.elapsedMs = await workOff(connections, requests, async (connection, request, index) => {
    const { path, headers, body } = request
    const sentAt = performance.now()
    const { status, body: answer } = await connection.post(path, headers, body)
    report.requestMs[index] = performance.now() - sentAt
    if (status >= 300) throw new Error(`${path} answered ${status}: ${answer}`)
    report.answers[index] = answer
  })
  for (const connection of connections) connection.close()
  return report
}

async function hashAll({
  connections,
  hashes,
}: Extract<ProofTask, { hashes: number }>): Promise<ProofReport> {
  const pepper = Buffer.alloc(32, 1)
  const workers = Array.from({ length: connections }, (_, worker) => worker)
  const codes = Array.from({ length: hashes }, (_, index) => String(100_000 + index))
  const elapsedMs = await workOff(workers, codes, async (_, code) => {
    await hashCode(code, pepper)
  })
  return { elapsedMs, requestMs: [], answers: [] }
}

/** Each worker does one thing at a time, until nothing is left. @returns milliseconds */
async function workOff<Worker, Task>(
  workers: readonly Worker[],
  tasks: readonly Task[],
  work: (worker: Worker, task: Task, index: number) => Promise<void>,
): Promise<number> {
  const waiting = tasks.entries()
  const startedAt = performance.now()
  await Promise.all(
    workers.map(async (worker) => {
      for (const [index, task] of waiting) await work(worker, task, index)
    }),
  )
  return performance.now() - startedAt
}
