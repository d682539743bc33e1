import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from 'node:tls'

export type ServerProcess = {
  /** Samba's process id, or undefined when it is down. */
  pid: () => number | undefined
  start: () => Promise<void>
  /** Ends it in good order. */
  stop: () => Promise<void>
  /** Ends it as a power cut would (SIGKILL). */
  kill: () => Promise<void>
}

/**
 * Runs Samba in the foreground, in a process group of its own.
 *
 * Nothing outlives us: with `-i` Samba ends itself and its whole group when its standard input
 * closes, and the kernel closes that pipe however we end, kill -9 included.
 */
export function sambaProcess(directory: string, address: string): ServerProcess {
  let child: ChildProcess | undefined

  const start = async () => {
    // One process for everything: half the memory, and nothing else to end.
    const args = ['-i', '-M', 'single', '-s', `${directory}/etc/smb.conf`]
    const started = spawn('samba', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
    started.stdin?.on('error', () => {})
    started.once('error', () => {})
    started.once('exit', () => {
      child = child === started ? undefined : child
    })
    child = started
    await untilLdapsAnswers(address, () => child === started, directory)
  }

  const end = async (ask: (running: ChildProcess) => void) => {
    const running = child
    if (!running) {
      return
    }
    const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()))
    ask(running)
    const late = setTimeout(() => killGroup(running), 5000)
    await gone
    clearTimeout(late)
  }

  return {
    pid: () => child?.pid,
    start,
    stop: () => end((running) => running.stdin?.end()),
    kill: () => end(killGroup),
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) {
      process.kill(-child.pid, 'SIGKILL')
    }
  } catch {
    // It ended by itself in the meantime.
  }
}

async function untilLdapsAnswers(
  address: string,
  alive: () => boolean,
  directory: string,
): Promise<void> {
  const deadline = Date.now() + 20_000
  while (alive() && Date.now() < deadline) {
    if (await answers(address)) {
      return
    }
    await delay(30)
  }
  const log = await readFile(`${directory}/samba.log`, 'utf8').catch(() => '')
  throw new Error(`Samba did not answer on ${address}:636. Its log ends:\n${log.slice(-2000)}`)
}

/** Whether a TLS handshake succeeds. Only a liveness probe of our own child, so the name is not checked. */
function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 636, rejectUnauthorized: false, timeout: 1000 })
    const finish = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('secureConnect', () => finish(true))
    socket.once('error', () => finish(false))
    socket.once('timeout', () => finish(false))
  })
}
