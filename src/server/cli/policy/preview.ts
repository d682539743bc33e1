import { openDirectory } from '../../../directory/index.ts'
import { type ListedPerson, listPeople } from '../../active-directory/list-people.ts'
import { abilitiesFrom } from '../../config/abilities.ts'
import { directoryAccessFrom } from '../../config/directory.ts'
import { isLasting, ownMethods } from '../../domain/own-methods.ts'
import { checkPolicy } from '../../domain/policy/check.ts'
import { diff } from '../../domain/policy/diff.ts'
import {
  type Preview,
  type Previewed,
  preview as previewPolicy,
} from '../../domain/policy/preview.ts'
import { textableNumber } from '../../domain/textable-number.ts'
import type { OpenParts } from '../../open-parts.ts'
import { complain, type ExitCode, say } from '../terminal.ts'
import { nameOf } from './explain.ts'
import { policyFrom, sayChecked } from './file.ts'
import { asWarnings, lookUpWith, together } from './look-up.ts'

/** So many people's methods are read in one transaction: others wait for it. */
const peopleAtOnce = 50
const tellEvery = 1000

/** `policy preview FILE`: what it would mean for the people of the real directory. Changes nothing. */
export async function preview(
  parts: OpenParts,
  path: string,
  { list, json }: { readonly list: boolean; readonly json: boolean },
): Promise<ExitCode> {
  const document = policyFrom(path)
  if (document === null) return 1
  const checked = checkPolicy(document, abilitiesFrom(parts.config.file))
  if (!sayChecked(together(checked, asWarnings(await lookUpWith(parts, document))))) return 1
  const people = await readPeople(parts)
  if (people === null) return 1
  const before = await parts.dependencies.policies.latest()
  const found = previewPolicy(await withMethods(parts, people), before.document, document)
  if (json) {
    say(JSON.stringify({ comparedWith: before.version, ...found }, null, 2))
    return 0
  }
  say(`Compared with ${nameOf(before.version)}:`)
  const changes = diff(before.document, document)
  for (const line of changes.length > 0 ? changes : ['Nothing is different.']) say(`  ${line}`)
  for (const line of describe(found, list)) say(line)
  return 0
}

async function readPeople({ config, dependencies }: OpenParts): Promise<ListedPerson[] | null> {
  const { serviceAccount, agentAccount: _, ...access } = directoryAccessFrom(config)
  let last = 'no controller is known'
  for (const { host, port, address } of await dependencies.directory.writableControllers()) {
    const controller = address === undefined ? { host, port } : { host, port, address }
    const opened = await openDirectory({ controller, bind: serviceAccount, ...access })
    if (!opened.ok) {
      last = opened.error.message
      continue
    }
    try {
      const { enabledOus } = config.file.directory
      const now = dependencies.now()
      const people = await listPeople(opened.value, enabledOus, now, (read, all) => {
        if (read % tellEvery === 0) complain(`${read} of ${all} people read …`)
      })
      if (people.ok) return people.value
      last = `${people.error.message} (${people.error.detail})`
    } finally {
      await opened.value.close()
    }
  }
  complain(`The directory cannot be read: ${last}`)
  return null
}

async function withMethods(
  { dependencies }: OpenParts,
  people: readonly ListedPerson[],
): Promise<Previewed[]> {
  const { now, store } = dependencies
  const previewed: Previewed[] = []
  for (let start = 0; start < people.length; start += peopleAtOnce) {
    const some = people.slice(start, start + peopleAtOnce)
    await store.transaction(async (tx) => {
      for (const person of some) {
        const methods = await ownMethods(tx, person.accountId, now())
        const kinds = methods.filter(isLasting).map(({ kind }) => kind)
        previewed.push({ ...person, mobile: textableNumber(dependencies, person.mobile), kinds })
      }
    })
  }
  return previewed
}

function describe({ people, affected, losing, gaining, byRule }: Preview, list: boolean): string[] {
  const named = (names: readonly string[]) => (list ? names.map((name) => `    ${name}`) : [])
  return [
    `${counted(people, 'person is', 'people are')} below the enabled OUs.`,
    `This affects ${counted(affected.length, 'person', 'people')}.`,
    ...named(affected),
    `${counted(losing.length, 'person', 'people')} could recover now and could no longer.`,
    ...named(losing),
    `${counted(gaining.length, 'person', 'people')} could recover who cannot now.`,
    ...named(gaining),
    'By rule:',
    ...byRule.map(({ name, people: count }) => `  ${name}: ${number(count)}`),
    'Hours and networks are left out of account.',
  ]
}

function counted(count: number, one: string, many: string): string {
  return `${number(count)} ${count === 1 ? one : many}`
}

function number(count: number): string {
  return count.toLocaleString('en-US')
}
