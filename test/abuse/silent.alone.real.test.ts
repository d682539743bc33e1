import { afterAll, beforeAll, expect, test } from 'vitest'
import { addRecord } from '../../scripts/lab/domain-controller/ldif.ts'
import { type MailSink, startMailSink } from '../../scripts/lab/mail-sink.ts'
import { loadConfig } from '../../src/server/config/load.ts'
import type { ServerDependencies } from '../../src/server/domain/dependencies.ts'
import type { MethodRecord } from '../../src/server/domain/ports/methods.ts'
import { openParts } from '../../src/server/open-parts.ts'
import { openLab, uniqueName } from '../helpers/lab.ts'
import { createAuthenticator } from '../helpers/software-authenticator.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { criticalDistance, kolmogorovSmirnov, shuffled } from './distributions.ts'
import { credentialIdOf, newStranger, type StepName, steps, type Walk } from './silent-walk.ts'

// Whoever knows no secret does not learn who has an account here, and in which state it is.

const samples = 1000
/** Of each smaller group. */
const fewSamples = 60
/** How many of each group go as far as the mailed code: comparing it costs most of all. */
const longWalks = 100
const connections = 6
/** On top of the distance that chance alone exceeds once in a thousand times. */
const margin = 0.05
const gridMs = 50

let stack: Stack
/** More than a thousand mails come: they would slow down everybody who reads the shared inbox. */
let mail: MailSink

beforeAll(async () => {
  mail = await startMailSink({ certificate: (await openLab()).serverCertificate })
  const most = 1_000_000
  stack = await openStack({
    sections: {
      policy: { methods: ['passkey', 'totp', 'email'] },
      mail: { host: mail.host, port: mail.port },
      limits: { requestsFromAddress: most, codesFromAddress: 10_000, codesInAll: most },
    },
  })
})

afterAll(async () => {
  await stack?.stop()
  await mail?.stop()
})

/** Names of one kind of people; all are as long as those of strangers. */
const kinds = [
  'employee',
  'stranger',
  'disabled',
  'elsewhere',
  'notEnrolled',
  'privileged',
] as const
type Kind = (typeof kinds)[number]

const accountDisabled = 0x2
/** MS-ADTS 2.2.16: nobody signs in here, and a password for each of them would take its time. */
const withoutPassword = 0x220

function entry(name: string, ou: string, control = 0): string {
  return addRecord(`CN=${name},${ou}`, {
    ...{ objectClass: 'user', sAMAccountName: name, displayName: 'Erika Example' },
    ...{ userPrincipalName: `${name}@corp.example.com`, mail: `${name}@corp.example.com` },
    userAccountControl: withoutPassword | control,
  })
}

async function hireEverybody(): Promise<Record<Kind, string[]>> {
  const { directory } = stack.lab
  const names = (count: number) => Array.from({ length: count }, () => uniqueName('sil'))
  const people: Record<Kind, string[]> = {
    employee: names(samples),
    stranger: names(samples),
    disabled: names(fewSamples),
    elsewhere: names(fewSamples),
    notEnrolled: names(fewSamples),
    privileged: names(fewSamples),
  }
  const { usersOu, outsideOu } = directory
  await directory.applyLdif(
    [
      ...people.employee.map((name) => entry(name, usersOu)),
      ...people.notEnrolled.map((name) => entry(name, usersOu)),
      ...people.privileged.map((name) => entry(name, usersOu)),
      ...people.disabled.map((name) => entry(name, usersOu, accountDisabled)),
      ...people.elsewhere.map((name) => entry(name, outsideOu)),
    ].join(''),
  )
  await directory.applyLdif(
    `dn: CN=Domain Admins,CN=Users,${directory.baseDn}\nchangetype: modify\nadd: member\n` +
      `${people.privileged.map((name) => `member: CN=${name},${usersOu}\n`).join('')}-\n`,
  )
  const { employee, disabled, elsewhere, privileged: admins } = people
  await enrolAll([...employee, ...disabled, ...elsewhere, ...admins])
  return people
}

/** Straight into the store, as the portal would one by one. */
async function enrolAll(names: readonly string[]): Promise<void> {
  const config = loadConfig(stack.backend.configFile, {})
  if (!config.ok) throw new Error('the configuration of the backend does not load')
  const quiet = { info() {}, warn() {}, error() {} }
  const { dependencies, close } = await openParts(config.value, quiet)
  const { directory, secrets, store, totp } = dependencies
  const publicKey = await publicKeyOf(dependencies)
  const make = (
    accountId: string,
    kind: 'passkey' | 'totp' | 'email',
    secret: string,
  ): MethodRecord => {
    const id = secrets.newId()
    return {
      ...{ id, accountId, kind, label: kind, createdAt: 1, confirmedAt: 1 },
      secret: secrets.sealMethodSecret({ id, accountId }, secret),
      ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
    }
  }
  for (let from = 0; from < names.length; from += 100) {
    const some = names.slice(from, from + 100)
    const methods = await Promise.all(
      some.map(async (name) => {
        const found = await directory.resolve(name)
        if (!found.ok || found.value === null) throw new Error(`${name} is not found`)
        const { accountId } = found.value
        const mailbox = `${name}@home.example`
        const passkey = make(accountId, 'passkey', secrets.newToken())
        const others = [make(accountId, 'totp', totp.newSeed()), make(accountId, 'email', mailbox)]
        return { name, passkey, all: [passkey, ...others] }
      }),
    )
    await store.transaction(async (tx) => {
      for (const { all, name, passkey } of methods) {
        for (const method of all) await tx.methods.insert(method)
        await tx.credentials.insert({
          ...{ credentialId: credentialIdOf(name), methodId: passkey.id, publicKey },
          ...{ accountId: passkey.accountId, counter: 0, aaguid: '', transports: ['internal'] },
          ...{ backupEligible: false, backedUp: false, userHandle: secrets.newToken() },
        })
      }
    })
  }
  await close()
}

/** Nobody in this test has the other half. */
async function publicKeyOf({ secrets, webAuthn }: ServerDependencies): Promise<string> {
  const challenge = secrets.newToken()
  const user = { handle: secrets.newToken(), name: 'nobody', displayName: '' }
  const asked = { kind: 'passkey', challenge, user, existing: [], allowedAaguids: null } as const
  const { origin } = stack.backend
  const response = createAuthenticator({ origin }).create(webAuthn.registrationOptions(asked))
  const verified = await webAuthn.verifyRegistration(response, secrets.hashToken(challenge), null)
  if (!verified.ok) throw new Error(verified.error)
  return verified.value.publicKey
}

async function walkAll(people: Record<Kind, string[]>): Promise<Record<Kind, Walk[]>> {
  const { origin } = stack.backend
  const queue = shuffled(
    kinds.flatMap((kind) =>
      people[kind].map((name, index) => ({
        ...{ kind, name, toTheEnd: index < longWalks },
        withPasskey: index < longWalks && (kind === 'employee' || kind === 'stranger'),
      })),
    ),
  )
  const walks = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<
    Kind,
    Walk[]
  >
  const work = async () => {
    const stranger = await newStranger(origin, stack.lab.caPem)
    // Whoever opens a connection waits longest, so that one counts for nobody.
    await stranger.walk(uniqueName('sil'), { toTheEnd: false, withPasskey: false })
    for (let next = queue.pop(); next; next = queue.pop()) {
      walks[next.kind].push(await stranger.walk(next.name, next))
    }
    stranger.close()
  }
  await Promise.all(Array.from({ length: connections }, work))
  return walks
}

const timesOf = (walks: readonly Walk[], step: StepName) =>
  walks.flatMap(({ [step]: seen }) => (seen ? [seen.milliseconds] : []))

const looksOf = (walks: readonly Walk[], step: StepName) =>
  walks.flatMap(({ [step]: seen }) => (seen ? [{ ...seen, milliseconds: 0 }] : []))

test('a thousand employees and a thousand strangers look the same, and take as long', async () => {
  const people = await hireEverybody()
  const walks = await walkAll(people)
  for (const step of steps) {
    const looks = kinds.flatMap((kind) => looksOf(walks[kind], step).map((one) => ({ kind, one })))
    const [{ one: usual }] = looks as [(typeof looks)[number]]
    for (const { kind, one } of looks) expect(one, `${kind}, ${step}`).toEqual(usual)
  }
  for (const step of ['totp', 'challenge', 'email', 'ask', 'passkey'] as const) {
    const fastest = Math.min(...kinds.flatMap((kind) => timesOf(walks[kind], step)))
    expect(fastest, `${step} waits for its place on the grid`).toBeGreaterThan(gridMs - 2)
  }
  const distances = kinds.flatMap((kind) =>
    steps.map((step) => {
      const [own, others] = [timesOf(walks[kind], step), timesOf(walks.stranger, step)]
      const bound = criticalDistance(own.length, others.length) + margin
      return { kind, step, distance: kolmogorovSmirnov(own, others), bound }
    }),
  )
  expect(distances.filter(({ distance, bound }) => distance > bound)).toEqual([])
}, 300_000)
