#!/usr/bin/env node
import { audit } from './cli/audit.ts'
import { doctor } from './cli/doctor.ts'
import { migrate } from './cli/migrate.ts'
import { pass } from './cli/pass.ts'
import { passwords } from './cli/passwords.ts'
import { policy } from './cli/policy.ts'
import { serve } from './cli/serve.ts'
import { type Command, complain, type ExitCode, say } from './cli/terminal.ts'
import { totp } from './cli/totp.ts'
import { user } from './cli/user.ts'
import { version } from './version.ts'

const commands: Readonly<Record<string, Command>> = {
  serve,
  migrate,
  doctor,
  audit,
  user,
  passwords,
  policy,
  totp,
  pass,
}

/** Runs one command of `latchkey-server`. */
async function main([name = '', ...args]: readonly string[]): Promise<ExitCode> {
  if (name === '--version') {
    say(version)
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    if (name === '--help' || name === '') {
      say(overview())
      return 0
    }
    complain(`There is no command ${name}.\n\n${overview()}`)
    return 2
  }
  if (args.includes('--help')) {
    say(command.usage)
    return 0
  }
  try {
    return await command.run(args)
  } catch (error) {
    // parseArgs explains itself: an unknown option, a missing value.
    if (!isUsageError(error)) throw error
    complain(`${error.message.split('. ')[0]}.\nUsage: ${command.usage}`)
    return 2
  }
}

function overview(): string {
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`,
  )
  return ['latchkey-server COMMAND [--help]', '', ...lines].join('\n')
}

function isUsageError(error: unknown): error is Error {
  const code = (error as NodeJS.ErrnoException).code
  return error instanceof Error && code?.startsWith('ERR_PARSE_ARGS') === true
}

process.exitCode = await main(process.argv.slice(2))
