import { isIP } from 'node:net'
import type { Purpose } from '../../../contract/recovery.ts'
import { isUsableNow, ownMethods } from '../../domain/own-methods.ts'
import { explain as explainPolicy } from '../../domain/policy/explain.ts'
import { couldRecover, missingMethods } from '../../domain/policy/standing.ts'
import type { ResolvedAccount } from '../../domain/ports/recoveries.ts'
import { textableNumber } from '../../domain/textable-number.ts'
import type { OpenParts } from '../../open-parts.ts'
import { complain, type ExitCode, say } from '../terminal.ts'

export type Moment = {
  readonly address: string
  readonly at: number
  readonly purpose: Purpose
}

/** Where and when, as `--address`, `--at` and `--purpose` say; null when one of them is none. */
export function momentFrom(
  values: {
    readonly address?: string | undefined
    readonly at?: string | undefined
    readonly purpose?: string | undefined
  },
  now: number,
): Moment | null {
  const { address = '127.0.0.1', purpose = 'reset' } = values
  const at = values.at === undefined ? now : Date.parse(values.at)
  if (isIP(address) === 0) complain('--address is no address: write one such as 10.1.2.3.')
  else if (Number.isNaN(at)) complain('--at is no time: write one such as 2026-11-23T09:00:00Z.')
  else if (purpose !== 'reset' && purpose !== 'unlock') {
    complain('--purpose is reset or unlock.')
  } else return { address, at, purpose }
  return null
}

/** `policy explain NAME`: which rule is for somebody, why, and what it means for them here and now. */
export async function explain(
  { dependencies: deps }: OpenParts,
  account: ResolvedAccount,
  moment: Moment,
  asJson: boolean,
): Promise<ExitCode> {
  const read = await deps.directory.readAccount(account)
  if (!read.ok) {
    complain(`The account cannot be read: ${read.error.detail}`)
    return 1
  }
  const { version, document } = await deps.policies.latest()
  const person = read.value
  const explained = explainPolicy(document, person, { ...moment, isDeviceKnown: false })
  const methods = await deps.store.transaction((tx) =>
    ownMethods(tx, account.accountId, deps.now()),
  )
  const kinds = methods.filter(isUsableNow).map(({ kind }) => kind)
  const mobile = textableNumber(deps, person.mobile)
  const means = { kinds, mail: person.mail, mobile }
  const missing = missingMethods(explained.decision, means)
  const recoverable = couldRecover(explained.decision, means, person.ineligible)
  if (asJson) {
    const { ineligible } = person
    say(JSON.stringify({ version, ...explained, ineligible, missing, recoverable }, null, 2))
    return 0
  }
  say(`${person.displayName} (${person.accountName}), by ${nameOf(version)}`)
  say(explained.because)
  for (const line of explained.others) say(`  not ${line}`)
  for (const line of explained.asks) say(`- ${line}`)
  if (person.ineligible !== null) say(`The account itself cannot recover: ${person.ineligible}.`)
  if (explained.obstacle !== null) say(`Not here and now: ${explained.obstacle}`)
  say(
    missing === 0
      ? 'Enough methods are set up.'
      : `Too few methods are set up: ${missing} more would be needed.`,
  )
  return 0
}

/** What to call a version at a terminal. */
export function nameOf(version: number): string {
  return version === 0 ? 'what the configuration says' : `version ${version}`
}
