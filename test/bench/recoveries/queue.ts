import { codeOf, type People } from '../people.ts'

export type Domain = { dns: string; netbios: string }
type Spell = (name: string) => string

/** The ways to write one name: what the backend remembers of it for some seconds, it does of one. */
export function spellingsOf({ dns, netbios }: Domain): [Spell, Spell, Spell] {
  return [(name) => name, (name) => `${name}@${dns}`, (name) => `${netbios}\\${name}`]
}

/**
 * Hands out people, each once and then all over again, with a fresh authenticator and under another
 * spelling of their names: what the backend remembers of a name for some seconds is of no use to it,
 * as it would be of none among strangers.
 */
export function createQueue(people: People, domain: Domain) {
  const spellings = spellingsOf(domain)
  let next = people.all.length
  let round = -1
  return {
    async take(count: number): Promise<{ account: string; code: string }[]> {
      if (count > people.all.length) throw new RangeError('not that many people')
      if (next + count > people.all.length) {
        await people.renew()
        next = 0
        round += 1
      }
      const taken = people.all.slice(next, next + count)
      next += count
      const spell = spellings[round % spellings.length] as (name: string) => string
      const now = Date.now()
      return Promise.all(
        taken.map(async (person) => ({
          account: spell(person.account),
          code: await codeOf(person, now),
        })),
      )
    },
  }
}
