import { parseArgs } from 'node:util'
import { approvePass } from '../features/pass/approve.ts'
import type { HandedOut } from '../features/pass/hand-out.ts'
import { type Issued, issuePass } from '../features/pass/issue.ts'
import { listPasses } from '../features/pass/list.ts'
import { passMinutes } from '../features/pass/pass-rules.ts'
import { revokePass } from '../features/pass/revoke.ts'
import type { OpenParts } from '../open-parts.ts'
import { operatorFor } from './operator.ts'
import { complainOfPass, describeHandedOut, describeIssued, describeList } from './pass-words.ts'
import { type Command, complain, type ExitCode, say } from './terminal.ts'
import { withAccount, withServer } from './with-parts.ts'

const options = {
  config: { type: 'string' },
  reason: { type: 'string' },
  minutes: { type: 'string', default: String(passMinutes.usual) },
  deliver: { type: 'string', default: 'mail' },
  'print-reason': { type: 'string' },
  as: { type: 'string' },
  json: { type: 'boolean' },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

/** For the helpdesk: a pass for somebody whose identity was checked, who has nothing else to show. */
export const pass: Command = {
  summary: 'give somebody a temporary pass, approve one, list them, take one back',
  usage:
    'latchkey-server pass issue NAME --reason TEXT --config FILE [--minutes 60] [--as ACCOUNT] ' +
    '[--deliver print --print-reason TEXT] [--json]\n' +
    '       latchkey-server pass approve ID --config FILE [--as ACCOUNT] [--json]\n' +
    '       latchkey-server pass revoke ID --config FILE [--as ACCOUNT]\n' +
    '       latchkey-server pass list --config FILE [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [verb, id] = positionals
    if (verb === 'issue') return issue(values, positionals)
    if (verb === 'list' && positionals.length === 1) return withServer(values, list(values))
    if (verb === 'approve' && id) return withServer(values, approve(values, id))
    if (verb === 'revoke' && id) return withServer(values, revoke(values, id))
    complain(`Usage: ${pass.usage}`)
    return 2
  },
}

async function issue(values: Values, positionals: readonly string[]): Promise<ExitCode> {
  const printReason = readDelivery(values)
  if (printReason === undefined || values.reason === undefined) {
    complain(`Usage: ${pass.usage}`)
    return 2
  }
  const { reason } = values
  const minutes = Number(values.minutes)
  const command = { verb: 'issue', usage: pass.usage }
  return withAccount(command, { ...values, positionals }, async (parts, account) => {
    const operator = await operatorFor(parts, values.as)
    if (operator === null) return 1
    const request = { account, reason, minutes, printReason }
    const issued = await issuePass(parts.dependencies, operator, request)
    if (!issued.ok) return complainOfPass(issued.error)
    say(values.json ? asJson(issued.value) : describeIssued(issued.value))
    return 0
  })
}

/** Why it is printed, null when it is mailed, undefined when the command line is wrong. */
function readDelivery(values: Values): string | null | undefined {
  const printReason = values['print-reason']
  if (values.deliver === 'mail') return printReason === undefined ? null : undefined
  return values.deliver === 'print' ? printReason : undefined
}

function approve({ as, json }: Values, id: string) {
  return async (parts: OpenParts): Promise<ExitCode> => {
    const operator = await operatorFor(parts, as)
    if (operator === null) return 1
    const approved = await approvePass(parts.dependencies, operator, id)
    if (!approved.ok) return complainOfPass(approved.error)
    say(json ? asJson({ waiting: null, ...approved.value }) : describeHandedOut(approved.value))
    return 0
  }
}

function revoke({ as }: Values, id: string) {
  return async (parts: OpenParts): Promise<ExitCode> => {
    const operator = await operatorFor(parts, as)
    if (operator === null) return 1
    const revoked = await revokePass(parts.dependencies, operator, id)
    if (!revoked.ok) return complainOfPass(revoked.error)
    say(`The pass of ${revoked.value.accountName} does not work any more.`)
    return 0
  }
}

function list({ json }: Values) {
  return async ({ dependencies }: OpenParts): Promise<ExitCode> => {
    const passes = await listPasses(dependencies)
    say(json ? JSON.stringify(passes, null, 2) : describeList(passes))
    return 0
  }
}

/** The code is in it only when it has to be shown. */
function asJson(issued: Issued): string {
  const record = issued.waiting ?? (issued as HandedOut).pass
  const { id: passId, accountId, accountName, expiresAt } = record
  const known = { passId, accountId, accountName, expiresAt: new Date(expiresAt).toISOString() }
  if (issued.waiting !== null) return JSON.stringify({ ...known, state: 'waiting' })
  const { sentTo, code } = issued
  return JSON.stringify({ ...known, state: 'issued', sentTo, ...(code === null ? {} : { code }) })
}
