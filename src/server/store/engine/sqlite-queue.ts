import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { StoreUnavailableError } from '../../domain/ports/store-unavailable.ts'
import { explainSqliteError, resultCode } from './sqlite-faults.ts'
import { patiently } from './sqlite-patience.ts'

/** One transaction that waits for its turn. */
type Job = {
  /** Does the work and keeps its value; the answer is given after the commit. */
  run(): Promise<() => void>
  refuse(error: unknown): void
}

/** Bounds of one batch: others, in this process and in other ones, want to go on too. */
const mostJobs = 64
const longestBatchMs = 20

/**
 * SQLite has one writer, and a durable commit costs one fsync. So transactions that wait at the same
 * time are committed together: each runs in a savepoint of its own, which alone is undone when it
 * fails, and none is answered before the one commit is on the disk.
 */
export function createQueue(database: DatabaseSync, file: string) {
  const waiting: Job[] = []
  let running: Promise<void> | null = null
  let closed = false

  async function drain(): Promise<void> {
    try {
      while (waiting.length > 0) {
        // The requests that came in with this one reach the queue before the batch begins.
        await nextTurn()
        try {
          await patiently(() => database.exec('begin immediate'))
        } catch (error) {
          refuseAll(waiting.splice(0), error)
          continue
        }
        await runBatch()
      }
    } finally {
      // In the same turn as the last look at the queue: whoever comes next begins anew.
      running = null
    }
  }

  async function runBatch(): Promise<void> {
    const start = performance.now()
    const taken: Job[] = []
    const answers: (() => void)[] = []
    try {
      while (taken.length < mostJobs && performance.now() - start < longestBatchMs) {
        const job = waiting.shift()
        if (job === undefined) break
        taken.push(job)
        answers.push(await runJob(job))
      }
      database.exec('commit')
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      return refuseAll(taken, error)
    }
    for (const answer of answers) answer()
  }

  async function runJob(job: Job): Promise<() => void> {
    database.exec('savepoint job')
    try {
      const answer = await job.run()
      database.exec('release job')
      return answer
    } catch (error) {
      // SQLite may have undone the whole transaction by itself, and recommends to do so if it has not:
      // https://sqlite.org/lang_transaction.html, "Response To Errors Within A Transaction".
      if (isFatal(error) || !database.isTransaction) throw error
      database.exec('rollback to job; release job')
      return () => job.refuse(error)
    }
  }

  function refuseAll(jobs: Job[], error: unknown): void {
    for (const job of jobs) job.refuse(explainSqliteError(error, file))
  }

  return {
    /** Runs `work` in a transaction of its own, once it is its turn. */
    add<T>(work: () => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(new StoreUnavailableError('closed', 'The store is closed.'))
      return new Promise<T>((settle, refuse) => {
        waiting.push({
          refuse,
          async run() {
            const value = await work()
            return () => settle(value)
          },
        })
        running ??= drain()
      })
    },
    /** Finishes what was taken on, and takes nothing more. */
    async close(): Promise<void> {
      closed = true
      await running
    },
  }
}

function isFatal(error: unknown): boolean {
  const code = resultCode(error)
  return code !== null && explainSqliteError(error, '') !== error
}
