import type { PolicyDocument } from '../../../contract/policy.ts'
import type { Checked, Remark } from './check.ts'

/** What the objects that a document names are called in the directory, by SID or as the document has it; null: there is none. */
export type Named = ReadonlyMap<string, readonly string[] | null>

/** All that a document names: what has to be looked up for `checkNamed`. */
export function namedIn({ rules, privileged }: PolicyDocument): {
  readonly sids: readonly string[]
  readonly ous: readonly string[]
} {
  const scopes = rules.map(({ scope }) => scope)
  const groups = [...scopes.flatMap((scope) => scope.groups), ...privileged.groups]
  return {
    sids: [...new Set(groups.map(({ sid }) => sid))],
    ous: [...new Set(scopes.flatMap((scope) => scope.ous))],
  }
}

/**
 * Whether what is named is there. SECURITY: a slip in a SID or an OU takes a strict rule, or the floor
 * for privileged people, off those whom it was meant for, and nothing else would show it.
 */
export function checkNamed({ rules, privileged }: PolicyDocument, named: Named): Checked {
  const problems: Remark[] = []
  const warnings: Remark[] = []
  const look = (path: string, { sid, name }: { readonly sid: string; readonly name: string }) => {
    const found = named.get(sid)
    if (found === null) {
      problems.push({
        path,
        sentence: `The directory has no group ${sid} (${name}), or none that the service account may read: it would be for nobody.`,
      })
    } else if (found !== undefined && !found.some((one) => isSame(one, name))) {
      const [dn = ''] = found
      warnings.push({
        path,
        sentence: `${sid} is not called ${name} in the directory: it is ${dn}.`,
      })
    }
  }
  rules.forEach(({ scope }, index) => {
    const path = `rules.${index}.scope`
    scope.groups.forEach((group, position) => {
      look(`${path}.groups.${position}`, group)
    })
    scope.ous.forEach((ou, position) => {
      if (named.get(ou) !== null) return
      const sentence = `The directory has no container ${ou}, or none that the service account may read: it would be for nobody.`
      problems.push({ path: `${path}.ous.${position}`, sentence })
    })
  })
  privileged.groups.forEach((group, position) => {
    look(`privileged.groups.${position}`, group)
  })
  return { problems, warnings }
}

/** `CORP\Finance` and `finance` are the same name. */
function isSame(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFC').toLowerCase().trim()
  return plain(one) === plain(other) || plain(one) === plain(other.replace(/^[^\\=]+\\/, ''))
}
