import { parseArgs } from 'node:util'
import { abilitiesFrom } from '../config/abilities.ts'
import { checkPolicy } from '../domain/policy/check.ts'
import type { OpenParts } from '../open-parts.ts'
import { apply, isReason, rollback } from './policy/change.ts'
import { explain, momentFrom } from './policy/explain.ts'
import { policyFrom, sayChecked } from './policy/file.ts'
import { preview } from './policy/preview.ts'
import { exportPolicy, history } from './policy/show.ts'
import { type Command, complain, configFor, type ExitCode, say } from './terminal.ts'
import { withAccount, withParts } from './with-parts.ts'

const options = {
  config: { type: 'string' },
  reason: { type: 'string' },
  address: { type: 'string' },
  at: { type: 'string' },
  purpose: { type: 'string' },
  list: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

type Values = ReturnType<typeof parse>['values']
type Verb = (operand: string, values: Values) => Promise<ExitCode>

/** Who may recover, with which proofs, when and from where. */
export const policy: Command = {
  summary: 'check, preview, apply or explain who may recover with which proofs',
  usage:
    'latchkey-server policy check FILE --config FILE\n' +
    '       latchkey-server policy preview FILE --config FILE [--list] [--json]\n' +
    '       latchkey-server policy apply FILE --reason TEXT --config FILE\n' +
    '       latchkey-server policy rollback VERSION --reason TEXT --config FILE\n' +
    '       latchkey-server policy history --config FILE [--json]\n' +
    '       latchkey-server policy export --config FILE\n' +
    '       latchkey-server policy explain NAME --config FILE [--address IP] [--at TIME] [--purpose reset|unlock] [--json]',
  async run(args) {
    const { values, positionals } = parse(args)
    const [verb = '', operand, ...more] = positionals
    const known = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (known === undefined || more.length > 0 || (operand !== undefined) !== known.takesOne) {
      complain(`Usage: ${policy.usage}`)
      return 2
    }
    return known.run(operand ?? '', values)
  },
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true })
}

const verbs: Readonly<Record<string, { readonly takesOne: boolean; readonly run: Verb }>> = {
  check: { takesOne: true, run: check },
  preview: {
    takesOne: true,
    run: (file, { list = false, json = false, ...values }) =>
      onParts(values, (parts) => preview(parts, file, { list, json })),
  },
  apply: { takesOne: true, run: withReason(apply) },
  rollback: { takesOne: true, run: withReason(rollback) },
  history: {
    takesOne: false,
    run: (_, values) => onParts(values, (parts) => history(parts, values.json ?? false)),
  },
  export: { takesOne: false, run: (_, values) => onParts(values, exportPolicy) },
  explain: { takesOne: true, run: explainName },
}

async function check(file: string, values: Values): Promise<ExitCode> {
  const config = configFor(values.config)
  if (config === null) return 1
  const document = policyFrom(file)
  if (document === null) return 1
  const checked = checkPolicy(document, abilitiesFrom(config.file))
  if (!sayChecked(checked)) return 1
  say('This policy can be applied.')
  return 0
}

function withReason(
  work: (parts: OpenParts, operand: string, reason: string) => Promise<ExitCode>,
): Verb {
  return async (operand, values) => {
    const { reason } = values
    if (!isReason(reason)) return 2
    return onParts(values, (parts) => work(parts, operand, reason))
  }
}

async function onParts(
  values: Pick<Values, 'config'>,
  work: (parts: OpenParts) => Promise<ExitCode>,
): Promise<ExitCode> {
  const config = configFor(values.config)
  return config === null ? 1 : withParts(config, work)
}

async function explainName(name: string, values: Values): Promise<ExitCode> {
  const moment = momentFrom(values, Date.now())
  if (moment === null) return 2
  const command = { verb: 'explain', usage: policy.usage }
  const given = {
    positionals: ['explain', name],
    ...(values.config ? { config: values.config } : {}),
  }
  return withAccount(command, given, (parts, account) =>
    explain(parts, account, moment, values.json ?? false),
  )
}
