import { parseArgs } from 'node:util'
import { isLasting, type OwnMethod, ownMethods } from '../domain/own-methods.ts'
import { type Decision, decide } from '../domain/policy/decide.ts'
import { couldRecover } from '../domain/policy/standing.ts'
import type { ResolvedAccount } from '../domain/ports/recoveries.ts'
import { textableNumber } from '../domain/textable-number.ts'
import type { OpenParts } from '../open-parts.ts'
import { type Command, complain, say } from './terminal.ts'
import { withAccount } from './with-parts.ts'

const options = { config: { type: 'string' }, json: { type: 'boolean' } } as const

/** Whether somebody could recover now, and if not, why not. Shows no secret. */
export const user: Command = {
  summary: 'show what is known of an account and its methods',
  usage: 'latchkey-server user show NAME --config FILE [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const command = { verb: 'show', usage: user.usage }
    return withAccount(command, { ...values, positionals }, async (parts, account) => {
      const shown = await describe(parts, account)
      if (shown === null) return 1
      say(values.json ? JSON.stringify(shown, null, 2) : asText(shown))
      return 0
    })
  },
}

type Shown = NonNullable<Awaited<ReturnType<typeof describe>>>

async function describe({ dependencies }: OpenParts, account: ResolvedAccount) {
  const { directory, policies, store } = dependencies
  const read = await directory.readAccount(account)
  if (!read.ok) {
    complain(`The account cannot be read: ${read.error.detail}`)
    return null
  }
  const { methods, write } = await store.transaction(async (tx) => ({
    methods: await ownMethods(tx, account.accountId, dependencies.now()),
    write: await tx.writes.find(account.accountId),
  }))
  const kinds = methods.filter(isLasting).map(({ kind }) => kind)
  const { accountId, accountName, displayName, dn } = account
  const decision = decide((await policies.latest()).document, read.value)
  const { ineligible, mail } = read.value
  const means = { kinds, mail, mobile: textableNumber(dependencies, read.value.mobile) }
  return {
    ...{ accountId, accountName, displayName, dn },
    ineligible,
    lockedOut: read.value.lockedOut,
    rule: decision.rule.name,
    enabled: decision.enabled,
    recoverable: couldRecover(decision, means, ineligible),
    methods: methods.map((method) => describeMethod(method, decision)),
    openWrite: write && {
      recoveryId: write.recoveryId,
      step: write.step,
      controller: write.controller,
    },
  }
}

function describeMethod(method: OwnMethod, { methods: allowed }: Decision) {
  const { id, kind, label, confirmedAt, suspendedAt, lastUsedAt, left, until } = method
  const state =
    suspendedAt !== null
      ? 'suspended'
      : confirmedAt === null
        ? 'unconfirmed'
        : left === 0
          ? 'used up'
          : allowed.includes(kind)
            ? 'ready'
            : 'not allowed by the rule'
  const limits = {
    ...(left === null ? {} : { left }),
    ...(until === null ? {} : { until: time(until) }),
  }
  return { id, kind, label, state, lastUsedAt: time(lastUsedAt), ...limits }
}

function whyNot({ ineligible, enabled }: Shown): string {
  if (ineligible !== null) return `the account is ${ineligible}`
  return enabled ? 'too few methods are set up' : 'the rule is switched off'
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

function asText(shown: Shown): string {
  const { recoverable, lockedOut, openWrite } = shown
  const methods = shown.methods.map(
    ({ kind, label, state, lastUsedAt, left, until }) =>
      `  ${kind.padEnd(6)} ${label}: ${state}${until ? `, until ${until}` : ''}` +
      `${kind === 'recoveryCode' ? `, ${left} left` : ''}, last used ${lastUsedAt ?? 'never'}`,
  )
  return [
    `${shown.displayName} (${shown.accountName})`,
    shown.dn,
    `Could recover now: ${recoverable ? 'yes' : `no, ${whyNot(shown)}`}`,
    `Rule: ${shown.rule}`,
    `Locked out in the directory: ${lockedOut ? 'yes' : 'no'}`,
    ...(openWrite ? [`A write is open: ${openWrite.step} on ${openWrite.controller}`] : []),
    methods.length > 0 ? 'Methods:' : 'No methods.',
    ...methods,
  ].join('\n')
}
