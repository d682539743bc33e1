import { parseArgs } from 'node:util'
import { loadConfig } from '../config/load.ts'
import type { ConfigProblem } from '../config/problem.ts'
import { strictestBreachedRule } from '../domain/policy/breached-rule.ts'
import { checkBreachedList } from './doctor/breached-list.ts'
import { checkCertificate } from './doctor/certificate.ts'
import { checkCheckpoints } from './doctor/checkpoints.ts'
import { checkDirectory } from './doctor/directory.ts'
import { type Finding, failed, fine, warning } from './doctor/finding.ts'
import { checkMailServer } from './doctor/mail.ts'
import { examineNamed, examinePolicy, readPolicyInForce } from './doctor/policy.ts'
import { checkSmsProvider } from './doctor/sms.ts'
import { checkStore } from './doctor/store.ts'
import { type Command, complain, say } from './terminal.ts'

const options = { config: { type: 'string' }, json: { type: 'boolean' } } as const
const signs = { ok: 'ok  ', warning: 'warn', failed: 'FAIL' } as const

/** Looks at everything that a reset needs, from this machine, and changes nothing. */
export const doctor: Command = {
  summary:
    'check configuration, certificate, store, domain controllers, rights, mail and text messages',
  usage: 'latchkey-server doctor --config FILE [--json]',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const file = values.config ?? process.env.LATCHKEY_CONFIG
    if (file === undefined) {
      complain('Which configuration? Name it with --config FILE, or in LATCHKEY_CONFIG.')
      return 2
    }
    const findings = await examine(file)
    const worst = findings.some(({ verdict }) => verdict === 'failed') ? 1 : 0
    if (values.json) say(JSON.stringify({ healthy: worst === 0, findings }, null, 2))
    else for (const finding of findings) say(line(finding))
    return worst
  },
}

async function examine(file: string): Promise<Finding[]> {
  const loaded = loadConfig(file, process.env)
  if (!loaded.ok) return loaded.error.map(explain)
  const { value: config } = loaded
  const policy = await readPolicyInForce(config)
  const breached = policy ? strictestBreachedRule(policy.document) : config.file.policy.breached
  const parts = await Promise.all([
    checkStore(config),
    checkDirectory(config),
    checkMailServer(config),
    checkSmsProvider(config),
    checkBreachedList(config.file, breached),
    examineNamed(config, policy),
  ])
  const permissions = config.warnings.map((text) => warning('configuration', text, 'See above.'))
  return [
    ...(permissions.length > 0 ? permissions : [fine('configuration', file)]),
    ...checkCertificate(config.file, Date.now()),
    ...checkCheckpoints(config.file),
    ...examinePolicy(config, policy),
    ...parts.flat(),
  ]
}

function explain({ path, reason, expected }: ConfigProblem): Finding {
  return failed('configuration', `${path}: ${reason}`, `Expected ${expected}.`)
}

function line({ check, verdict, detail, fix }: Finding): string {
  const said = `${signs[verdict]}  ${check}: ${detail}`
  return fix === undefined ? said : `${said}\n      -> ${fix}`
}
