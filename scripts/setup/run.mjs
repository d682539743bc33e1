// Plain JavaScript without dependencies: runs on any Node >= 18.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a command to its end, passing on whoever wants to end us.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>} its exit code; 128 + n when signal n ended it, 127 when it could not be started
 */
export function run(command, args, options) {
  const child = spawn(command, args, options)
  // The child stops what it started and then exits; we wait for that however often we are asked.
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  const watch = process.env.npm_lifecycle_event ? watchParent(() => forward('SIGTERM')) : undefined
  return new Promise((settle) => {
    const finish = (code) => {
      clearInterval(watch)
      for (const name of signals) process.off(name, forward)
      settle(code)
    }
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      finish(127)
    })
    child.on('exit', (code, signal) => {
      finish(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1))
    })
  })
}

/** npm's shell passes no signal on: when somebody ends npm, we only see that the shell is gone. */
function watchParent(gone) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    gone()
  }, 500)
  return timer
}
