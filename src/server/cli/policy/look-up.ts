import type { PolicyDocument } from '../../../contract/policy.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import {
  type DirectoryConnection,
  type DomainController,
  nameBySid,
  namesOf,
  openDirectory,
} from '../../../directory/index.ts'
import { directoryAccessFrom } from '../../config/directory.ts'
import type { ServerConfig } from '../../config/load.ts'
import type { Checked } from '../../domain/policy/check.ts'
import { checkNamed, namedIn } from '../../domain/policy/named.ts'
import type { OpenParts } from '../../open-parts.ts'

const readsAtOnce = 12

/**
 * Looks up every group and container that a document names, on the first controller that answers.
 *
 * @returns an error in words when none does
 */
export async function lookUpNamed(
  config: ServerConfig,
  controllers: readonly DomainController[],
  document: PolicyDocument,
): Promise<Result<Checked, string>> {
  const { sids, ous } = namedIn(document)
  if (sids.length + ous.length === 0) return ok({ problems: [], warnings: [] })
  const wanted = [...sids.map((sid) => [sid, nameBySid(sid)]), ...ous.map((ou) => [ou, ou])]
  const { serviceAccount: bind, agentAccount: _, ...access } = directoryAccessFrom(config)
  let last = 'no controller is known'
  for (const controller of controllers) {
    const opened = await openDirectory({ controller, bind, ...access })
    if (!opened.ok) {
      last = opened.error.message
      continue
    }
    try {
      const named = await readAll(opened.value, wanted as [string, string][])
      if (named.ok) return ok(checkNamed(document, named.value))
      last = named.error
    } finally {
      await opened.value.close()
    }
  }
  return err(last)
}

async function readAll(
  connection: DirectoryConnection,
  wanted: readonly (readonly [string, string])[],
): Promise<Result<Map<string, readonly string[] | null>, string>> {
  const named = new Map<string, readonly string[] | null>()
  for (let start = 0; start < wanted.length; start += readsAtOnce) {
    const some = wanted.slice(start, start + readsAtOnce)
    const read = await Promise.all(some.map(([, dn]) => namesOf(connection, dn)))
    for (const [position, one] of read.entries()) {
      if (!one.ok) return err(`${one.error.message} (${one.error.detail})`)
      named.set(some[position]?.[0] ?? '', one.value)
    }
  }
  return ok(named)
}

/** The same for a running server's parts. With no controller in reach it is a warning: policy has to be changed then too. */
export async function lookUpWith(
  { config, dependencies }: OpenParts,
  document: PolicyDocument,
): Promise<Checked> {
  const { sids, ous } = namedIn(document)
  if (sids.length + ous.length === 0) return { problems: [], warnings: [] }
  const known = await dependencies.directory.writableControllers()
  const controllers = known.map(({ host, port, address }) =>
    address === undefined ? { host, port } : { host, port, address },
  )
  const found = await lookUpNamed(config, controllers, document)
  if (found.ok) return found.value
  const sentence = `Nobody has looked whether its groups and containers exist: ${found.error}`
  return { problems: [], warnings: [{ path: '', sentence }] }
}

/** What would keep a policy from being applied, where it is only to be looked at. */
export function asWarnings({ problems, warnings }: Checked): Checked {
  return { problems: [], warnings: [...problems, ...warnings] }
}

/** Both together. */
export function together(one: Checked, other: Checked): Checked {
  return {
    problems: [...one.problems, ...other.problems],
    warnings: [...one.warnings, ...other.warnings],
  }
}
