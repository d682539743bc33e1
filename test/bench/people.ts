import { randomBytes } from 'node:crypto'
import { generate } from 'otplib'
import type { Lab } from '../../scripts/lab/lab.ts'
import { loadConfig } from '../../src/server/config/load.ts'
import { describeProblem } from '../../src/server/config/problem.ts'
import type { Log } from '../../src/server/domain/ports/log.ts'
import { type OpenParts, openParts } from '../../src/server/open-parts.ts'

/** Somebody with an authenticator app. */
export interface Person {
  account: string
  dn: string
  accountId: string
  /** Base32 seed of the authenticator app. */
  seed: string
  methodId: string
}

/** People of one backend, enrolled straight into its store as `latchkey-server totp enrol` does. */
export interface People {
  all: readonly Person[]
  /**
   * Gives everybody a new authenticator: a code counts only once, and nobody here waits 30 seconds
   * for the next one.
   */
  renew(): Promise<void>
  close(): Promise<void>
}

const silent: Log = { info() {}, warn() {}, error() {} }
const AT_ONCE = 200

/** Creates accounts in the directory, many in one transaction. @returns their names */
export async function createAccounts(lab: Lab, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, () => `emp-${randomBytes(6).toString('hex')}`)
  for (let from = 0; from < count; from += AT_ONCE) {
    const users = names.slice(from, from + AT_ONCE).map((name) => ({
      ...{ name, givenName: 'Erika', surname: 'Example', displayName: 'Erika Example' },
      mail: `${name}@corp.example.com`,
    }))
    await lab.directory.createUsers(users)
  }
  return names
}

/** The parts of a backend, for what is prepared straight in its store. */
export async function openBenchParts(configFile: string): Promise<OpenParts> {
  const loaded = loadConfig(configFile, {})
  if (!loaded.ok) throw new Error(loaded.error.map(describeProblem).join('\n'))
  return openParts(loaded.value, silent)
}

export async function enrolPeople(configFile: string, names: readonly string[]): Promise<People> {
  const parts = await openBenchParts(configFile)
  try {
    const all: Person[] = []
    for (const name of names) all.push(await personOf(parts, name))
    return {
      all,
      renew: () => renew(parts, all),
      close: () => parts.close(),
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}

/** What the authenticator app of a person shows. */
export function codeOf({ seed }: Person, now: number): Promise<string> {
  return generate({ secret: seed, epoch: Math.floor(now / 1000) })
}

async function personOf({ dependencies }: OpenParts, account: string): Promise<Person> {
  const resolved = await dependencies.directory.resolve(account)
  if (!resolved.ok || resolved.value === null) throw new Error(`${account} is not found`)
  const { accountId, dn } = resolved.value
  return { account, dn, accountId, seed: dependencies.totp.newSeed(), methodId: '' }
}

async function renew({ dependencies }: OpenParts, people: Person[]): Promise<void> {
  const { secrets, store, now } = dependencies
  const at = now()
  for (let from = 0; from < people.length; from += AT_ONCE) {
    await store.transaction(async (tx) => {
      for (const person of people.slice(from, from + AT_ONCE)) {
        const { accountId, methodId, seed } = person
        if (methodId !== '') await tx.methods.remove(methodId, accountId)
        const id = secrets.newId()
        await tx.methods.insert({
          ...{ id, accountId, kind: 'totp', label: 'Phone', createdAt: at, confirmedAt: at },
          secret: secrets.sealMethodSecret({ id, accountId }, seed),
          ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
        })
        person.methodId = id
      }
    })
  }
}
