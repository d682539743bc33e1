import { digestOf } from '../../features/policy/apply.ts'
import type { OpenParts } from '../../open-parts.ts'
import { type ExitCode, say } from '../terminal.ts'

const mostVersions = 1000

/** `policy export`: what holds now, as a file that `apply` takes. */
export async function exportPolicy({ dependencies }: OpenParts): Promise<ExitCode> {
  const { document } = await dependencies.policies.latest()
  say(JSON.stringify(document, null, 2))
  return 0
}

/** `policy history`: the newest first. */
export async function history({ dependencies }: OpenParts, asJson: boolean): Promise<ExitCode> {
  const versions = await dependencies.store.transaction((tx) => tx.policies.list(mostVersions))
  const rows = versions.map(({ version, author, reason, createdAt, document }) => ({
    ...{ version, author, reason, digest: digestOf(dependencies, document) },
    appliedAt: new Date(createdAt).toISOString(),
  }))
  if (asJson) {
    say(JSON.stringify(rows, null, 2))
    return 0
  }
  if (rows.length === 0) say('No policy was ever applied: what the configuration says holds.')
  for (const { version, appliedAt, author, reason, digest } of rows) {
    say(`${String(version).padStart(4)}  ${appliedAt}  ${author}: ${reason}  (${digest})`)
  }
  return 0
}
