import { spawn } from 'node:child_process'

export interface CommandResult {
  code: number
  stdout: string
  stderr: string
}

export interface CommandOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Milliseconds; the command is killed afterwards. */
  timeoutMs?: number
  /** Shows the output as it comes instead of collecting it. */
  show?: boolean
}

/**
 * Runs a program to its end, without a shell. Never throws: a program that cannot be started
 * or runs out of time has code 127 or 124, and says so in `stderr`.
 */
export function runCommand(
  command: string,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    let timedOut = false
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true
          child.kill('SIGKILL')
        }, options.timeoutMs)
      : undefined
    child.on('error', (error) => {
      clearTimeout(timer)
      settle({ code: 127, stdout, stderr: `${command} could not be started: ${error.message}` })
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      if (timedOut) {
        settle({ code: 124, stdout, stderr: `${command} took longer than ${options.timeoutMs} ms` })
      } else settle({ code: code ?? 1, stdout, stderr })
    })
  })
}
