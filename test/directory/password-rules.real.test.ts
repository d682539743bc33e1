import { beforeAll, expect, test } from 'vitest'
import { readAccountFacts, readPasswordRules } from '../../src/directory/index.ts'
import { openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import { codeOf, open, unwrap } from './connections.ts'

let ad: TestLab['directory']

beforeAll(async () => {
  ad = (await openLab()).directory
})

const daySeconds = 86_400
const domainRules = {
  minLength: 7,
  complexity: true,
  historyLength: 24,
  minAgeSeconds: daySeconds,
  maxAgeSeconds: 42 * daySeconds,
  lockoutDurationSeconds: 1800,
  source: 'domain',
}

async function rulesOf(user: { dn: string }) {
  const connection = await open(ad)
  const facts = unwrap(await readAccountFacts(connection, user, Date.now()))
  return unwrap(await readPasswordRules(connection, facts, ad.baseDn))
}

/** A user with a fine-grained policy, which our account may or may not read. */
async function userWithPolicy({ readable }: { readable: boolean }) {
  const user = await ad.createUser({ name: uniqueName('fine') })
  const policy = uniqueName('pso')
  const settings = { minLength: 14, complexity: false, historyLength: 3, minAgeDays: 2 }
  await ad.createPso(policy, 30, { ...settings, maxAgeDays: 0, lockoutThreshold: 5 }, [user.name])
  if (readable) {
    const sid = await ad.readAttribute(ad.serviceAccount.dn, 'objectSid')
    const dn = `CN=${policy},CN=Password Settings Container,CN=System,${ad.baseDn}`
    await ad.samba(['dsacl', 'set', `--objectdn=${dn}`, `--sddl=(A;;RPLCRC;;;${sid})`])
  }
  return user
}

test('does not invent rules when the domain cannot be read', async () => {
  const rules = await readPasswordRules(await open(ad), { resultantPso: null }, 'DC=elsewhere')
  expect(['not_found', 'referral', 'protocol_error']).toContain(codeOf(rules))
})

test('says so when a fine-grained policy applies that it may not read', async () => {
  const user = await userWithPolicy({ readable: false })
  expect(await rulesOf(user)).toMatchObject({ ...domainRules, certain: false })
})

test('reads the fine-grained policy that applies', async () => {
  const user = await userWithPolicy({ readable: true })
  expect(await rulesOf(user)).toEqual({
    minLength: 14,
    complexity: false,
    historyLength: 3,
    minAgeSeconds: 2 * daySeconds,
    maxAgeSeconds: null,
    lockoutThreshold: 5,
    lockoutDurationSeconds: 1800,
    source: 'pso',
    certain: true,
  })
})

test('reads the rules of the domain for everybody else', async () => {
  const user = await ad.createUser({ name: uniqueName('plain') })
  expect(await rulesOf(user)).toMatchObject({ ...domainRules, certain: true })
})
