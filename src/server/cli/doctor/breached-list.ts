import type { PasswordPolicy } from '../../../contract/policy.ts'
import { describeList } from '../../breached/describe-list.ts'
import { createBreachedList } from '../../breached/index.ts'
import type { ConfigFile } from '../../config/schema.ts'
import { type Finding, failed, fine, warning } from './finding.ts'

const check = 'leaked passwords'

/** Whether the list of leaked passwords can be read, when anybody is to look into it. */
export async function checkBreachedList(
  { passwords }: Pick<ConfigFile, 'passwords'>,
  rule: PasswordPolicy['breached'],
): Promise<Finding[]> {
  const list = createBreachedList({ path: passwords.breachedIndex ?? null, now: Date.now })
  try {
    const checked = await list.check()
    if (checked.ok) return [fine(check, describeList(checked.value))]
    const { detail } = checked.error
    const way = 'Load a list: latchkey-server passwords load FILE.'
    if (rule !== 'refuse') return [warning(check, detail, way)]
    return [failed(check, `${detail} No password can be set`, way)]
  } finally {
    await list.close()
  }
}
