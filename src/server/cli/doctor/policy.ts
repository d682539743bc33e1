import type { PolicyDocument } from '../../../contract/policy.ts'
import { ok } from '../../../contract/result.ts'
import { discoverControllers } from '../../../directory/index.ts'
import { abilitiesFrom } from '../../config/abilities.ts'
import type { ServerConfig } from '../../config/load.ts'
import { settingsFrom } from '../../config/settings.ts'
import { storeConfigFrom } from '../../config/store.ts'
import { checkPolicy, type Remark } from '../../domain/policy/check.ts'
import { type CurrentPolicy, createPolicies } from '../../domain/policy/current.ts'
import { defaultDocument } from '../../domain/policy/default-document.ts'
import { openStore } from '../../store/open-store.ts'
import { asWarnings, lookUpNamed } from '../policy/look-up.ts'
import { type Finding, failed, fine, warning } from './finding.ts'

const check = 'policy'

/** What holds: the newest version, or what the configuration says. Null: the store cannot be asked. */
export async function readPolicyInForce(config: ServerConfig): Promise<CurrentPolicy | null> {
  const fallback = defaultDocument(settingsFrom(config.file).policy)
  try {
    const store = await openStore(storeConfigFrom(config))
    try {
      return await createPolicies(store, fallback, Date.now).latest()
    } finally {
      await store.close()
    }
  } catch {
    // Why is what the check of the store says.
    return null
  }
}

/** Whether people can recover by the policy that holds. It was checked when it was applied; the server may do less by now. */
export function examinePolicy(config: ServerConfig, policy: CurrentPolicy | null): Finding[] {
  if (policy === null) {
    return [warning(check, 'cannot be read', 'Put the store right first.')]
  }
  const { version, document } = policy
  const { problems, warnings } = checkPolicy(document, abilitiesFrom(config.file))
  const fix = 'Look at it: latchkey-server policy export, policy check FILE, policy apply FILE.'
  const where = version === 0 ? 'of the configuration' : `version ${version}`
  const said = ({ path, sentence }: Remark) => `${where}, ${path || 'as a whole'}: ${sentence}`
  return [
    ...problems.map((problem) => failed(check, said(problem), fix)),
    ...warnings.map((remark) => warning(check, said(remark), fix)),
    ...(problems.length > 0 ? [] : [fine(check, `${where}, ${describe(document)}`)]),
  ]
}

/** Whether the groups and containers that it names are there. Says nothing when no controller answers: others do. */
export async function examineNamed(
  config: ServerConfig,
  policy: CurrentPolicy | null,
): Promise<Finding[]> {
  if (policy === null) return []
  const { controllers, domain } = config.file.directory
  const found = controllers === undefined ? await discoverControllers(domain) : ok(controllers)
  const looked = found.ok ? await lookUpNamed(config, found.value, policy.document) : found
  if (!looked.ok) return []
  const fix = 'Correct the SID, the name or the OU, and apply the policy again.'
  return asWarnings(looked.value).warnings.map(({ path, sentence }) =>
    warning(check, `version ${policy.version}, ${path}: ${sentence}`, fix),
  )
}

function describe({ rules }: PolicyDocument): string {
  if (rules.length === 0) return 'one rule for everyone'
  return rules.length === 1
    ? 'one rule besides the one for everyone'
    : `${rules.length} rules besides the one for everyone`
}
