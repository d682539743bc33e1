import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'

export interface ProcessOptions {
  /** What messages call it, for example `PostgreSQL`. */
  name: string
  command: string
  args: string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** The user to run as, when we are root. */
  user?: { name: string; group: string }
  /** Where everything it prints goes as well. */
  logFile?: string
  /** What asks it to end; SIGKILL follows after `stopTimeoutMs`. Default SIGTERM. */
  stopSignal?: NodeJS.Signals
  /** Default 5000. */
  stopTimeoutMs?: number
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface RunningProcess {
  pid: number
  exited: Promise<Exit>
  isRunning(): boolean
  /** The last 64 KB of what it printed. */
  output(): string
  /** Waits until it has printed something that matches. @throws when it exits or `timeoutMs` pass first */
  waitForOutput(pattern: RegExp, timeoutMs: number): Promise<string>
  /** Sends a signal to the process and everything it started. */
  signal(signal: NodeJS.Signals): void
  /** Ends it and everything it started. Never throws; may be called twice. */
  stop(): Promise<void>
}

const KEPT_OUTPUT = 64 * 1024
const SETPRIV = '/usr/bin/setpriv'
const running = new Set<ChildProcess>()

// Whatever happens to us, nothing that we started stays: this runs on every ordinary exit, and
// setpriv's parent-death signal covers the rest.
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL')
})

/**
 * Starts a program in a process group of its own.
 *
 * @throws when the program cannot be started
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { command, args } = wrap(options)
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  await new Promise<void>((settle, refuse) => {
    child.once('spawn', settle)
    child.once('error', (error) => {
      refuse(new Error(`${options.name} could not be started: ${error.message}`))
    })
  })
  running.add(child)
  return control(child, options)
}

function control(child: ChildProcess, options: ProcessOptions): RunningProcess {
  let output = ''
  const listeners = new Set<() => void>()
  const log = options.logFile ? createWriteStream(options.logFile, { flags: 'a' }) : undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT)
      log?.write(text)
      for (const listener of listeners) listener()
    })
  }
  let exit: Exit | undefined
  const exited = new Promise<Exit>((settle) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal }
      settle(exit)
      // Its last words may still be in the pipe.
      setTimeout(() => {
        for (const listener of listeners) listener()
      }, 50)
    })
  })
  child.once('close', () => log?.end())

  return {
    pid: child.pid as number,
    exited,
    isRunning: () => exit === undefined,
    output: () => output,
    waitForOutput: (pattern, timeoutMs) =>
      new Promise((settle, refuse) => {
        const finish = (act: () => void) => {
          clearTimeout(timer)
          listeners.delete(look)
          act()
        }
        const look = () => {
          const found = pattern.exec(output)
          if (found) finish(() => settle(found[0]))
          else if (exit) finish(() => refuse(problem(options.name, 'ended at once', output)))
        }
        const timer = setTimeout(() => {
          finish(() => refuse(problem(options.name, `not ready after ${timeoutMs} ms`, output)))
        }, timeoutMs)
        listeners.add(look)
        look()
      }),
    signal: (signal) => signalGroup(child, signal),
    async stop() {
      if (!exit) {
        signalGroup(child, options.stopSignal ?? 'SIGTERM')
        const timer = setTimeout(
          () => signalGroup(child, 'SIGKILL'),
          options.stopTimeoutMs ?? 5_000,
        )
        await exited
        clearTimeout(timer)
      }
      // What it started itself may outlive it.
      if (running.delete(child)) signalGroup(child, 'SIGKILL')
    },
  }
}

function problem(name: string, what: string, output: string): Error {
  const tail = output.trim().split('\n').slice(-8).join('\n')
  return new Error(`${name}: ${what}.${tail ? ` It said:\n${tail}` : ' It said nothing.'}`)
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid as number), signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The command that runs `command` as `user`, when we are root; else just `command`. */
export function commandAs(
  user: ProcessOptions['user'],
  command: string,
  args: string[],
): { command: string; args: string[] } {
  if (!user || process.getuid?.() !== 0) return { command, args }
  if (!existsSync(SETPRIV)) {
    return { command: 'runuser', args: ['-u', user.name, '--', command, ...args] }
  }
  const identity = [`--reuid=${user.name}`, `--regid=${user.group}`, '--clear-groups']
  return { command: SETPRIV, args: [...identity, '--', command, ...args] }
}

/** On Linux, setpriv (util-linux) has the kernel end the program should we be killed outright. */
function wrap(options: ProcessOptions): { command: string; args: string[] } {
  const started = commandAs(options.user, options.command, options.args)
  if (!existsSync(SETPRIV)) return started
  const tether = ['--pdeathsig', (options.stopSignal ?? 'SIGTERM').slice('SIG'.length)]
  // A change of user forgets the parent-death signal, so it is asked for in the same call.
  if (started.command === SETPRIV) return { command: SETPRIV, args: [...tether, ...started.args] }
  return { command: SETPRIV, args: [...tether, '--', started.command, ...started.args] }
}
