import { parseArgs } from 'node:util'
import type { ServerConfig } from '../config/load.ts'
import type { Log } from '../domain/ports/log.ts'
import { createLog } from '../log.ts'
import { runServer } from '../server.ts'
import { checkCertificate } from './doctor/certificate.ts'
import { type Command, complain, configFor, type ExitCode, sentenceFor } from './terminal.ts'

/** Whatever is not finished by then is cut off; the journal knows about it. */
const longestStopMs = 10_000

/** Runs until it is told to end. */
export const serve: Command = {
  summary: 'run the backend',
  usage: 'latchkey-server serve --config FILE',
  async run(args): Promise<ExitCode> {
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string' } } })
    const config = configFor(values.config)
    if (config === null) return 1
    const log = createLog()
    let server: Awaited<ReturnType<typeof runServer>>
    try {
      server = await runServer(config, log)
    } catch (error) {
      complain(sentenceFor(error))
      return 1
    }
    const detail = `${server.address}, as ${config.file.server.origin}`
    log.info({ event: 'listening', detail }, `listening on ${server.address}`)
    warnOfCertificate(config, log)
    await toldToEnd()
    log.info({ event: 'stopping' }, 'finishing what is under way')
    const overdue = setTimeout(() => {
      log.error({ event: 'stop_overdue' }, 'ended before everything was finished')
      process.exit(1)
    }, longestStopMs)
    await server.stop()
    clearTimeout(overdue)
    log.info({ event: 'stopped' }, 'stopped')
    return 0
  },
}

/** The server can speak with it, but who calls may refuse to listen. */
function warnOfCertificate({ file }: ServerConfig, log: Log): void {
  for (const { verdict, detail, fix = '' } of checkCertificate(file, Date.now())) {
    if (verdict === 'ok') continue
    const fields = { event: 'certificate_unfit', detail: `${detail}. ${fix}`.trim() }
    log.warn(fields, 'something is wrong with the server’s certificate; helpers may refuse it')
  }
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.once(signal, () => resolve())
    }
  })
}
