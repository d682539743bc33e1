import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headings } from '../../scripts/lab/hands.ts'
import { signInToPortal } from '../../scripts/lab/portal-client.ts'
import { trySignIn } from '../../scripts/lab/sign-in.ts'
import { type MethodKind, methodKinds, methodStrength } from '../../src/contract/method-kinds.ts'
import { openLab, uniqueName } from '../helpers/lab.ts'
import { type SmsLab, startSmsLab } from '../helpers/sms.ts'
import { openStack, type Stack } from '../helpers/stack.ts'
import { type Prove, setUp } from './means.ts'
import { signInAnswers } from './people.ts'
import { sitDown } from './workstation.ts'

// Every pair of methods, in the real helper against the real domain controller: those that are enough
// change the password, those that are not change nothing.

/** How the helper calls the weak methods. */
const weakWords = /^Code by/

const newPassword = 'Seven quiet Otters 42 rivers'

let texts: SmsLab
let stack: Stack
let helpdesk: string

beforeAll(async () => {
  const lab = await openLab()
  texts = await startSmsLab(lab)
  const limits = { requestsFromAddress: 100_000, codesFromAddress: 10_000, codesInAll: 100_000 }
  const sections = { policy: { methods: [...methodKinds] }, sms: texts.twilio, limits }
  stack = await openStack({ sections })
  helpdesk = (await lab.directory.createUser({ name: uniqueName('desk') })).name
})

afterAll(async () => {
  await stack?.stop()
  await texts?.provider.stop()
})

const pairs = methodKinds.flatMap((one, index) =>
  methodKinds.slice(index + 1).map((other): [MethodKind, MethodKind] => [one, other]),
)
const isEnough = (pair: readonly MethodKind[]) =>
  pair.some((kind) => methodStrength[kind] !== 'weak')

/** Somebody who has these methods and no other. */
async function hire(kinds: readonly MethodKind[]) {
  const account = uniqueName('pair')
  const user = await stack.lab.directory.createUser({ name: account, displayName: 'Erika Example' })
  const { origin } = stack.backend
  const credentials = { account, password: user.password }
  const portal = await signInToPortal(origin, stack.lab.caPem, credentials)
  const owner = { stack, account, portal, provider: texts.provider, helpdesk }
  const means: Prove[] = []
  // A pass comes from somebody else, and once there is a strong method a weak one opens no changes.
  const order = [...kinds].sort((one, other) => rank(one) - rank(other))
  for (const kind of order) means.push(await setUp[kind](owner))
  return { ...user, account, means }
}

const rank = (kind: MethodKind) => (kind === 'temporaryPass' ? 1 : 0)

const refused = pairs.filter((pair) => !isEnough(pair))
const inBothOrders = refused.flatMap(([one, other]) => [
  [one, other],
  [other, one],
]) as [MethodKind, MethodKind][]

describe.each(inBothOrders)('%s and %s', (first, second) => {
  it('are not enough: after the one, the other is not even offered', async () => {
    const person = await hire([first, second])
    const [prove] = person.means
    const workstation = await sitDown(stack)
    await workstation.hands.nameAccount(person.account)
    await prove?.(workstation)
    await workstation.hands.see(/^What next/)
    expect(await workstation.words()).toContain('One more proof is needed')
    const offered = await workstation.page.locator('button.method').allTextContents()
    expect(offered).toHaveLength(methodKinds.length - 2)
    expect(offered.filter((words) => weakWords.test(words))).toEqual([])
    const signedIn = await trySignIn(person.userPrincipalName, person.password, stack.lab.directory)
    expect(signedIn).toBe(signInAnswers.accepted)
  })
})

describe.each(pairs.filter(isEnough))('%s and %s', (...kinds) => {
  it('change the password', async () => {
    const person = await hire(kinds)
    const workstation = await sitDown(stack)
    await workstation.hands.nameAccount(person.account)
    for (const prove of person.means) await prove(workstation)
    await workstation.hands.choosePassword(newPassword)
    await workstation.hands.see(headings.done)
    const signIn = (password: string) =>
      trySignIn(person.userPrincipalName, password, stack.lab.directory)
    expect(await signIn(newPassword)).toBe(signInAnswers.accepted)
    expect(await signIn(person.password)).toMatch(signInAnswers.wrongPassword)
  })
})

it('each kind stands in a pair that is enough and, when it is weak, in one that is not', () => {
  expect(pairs).toHaveLength((methodKinds.length * (methodKinds.length - 1)) / 2)
  expect(pairs.filter((pair) => !isEnough(pair))).toEqual([['sms', 'email']])
})
