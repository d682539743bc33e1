import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RecoveringAccount } from '../../../src/server/domain/ports/recoveries.ts'
import { blindMailbox } from '../../../src/server/features/recovery/own-mailbox.ts'
import { receiversOf } from '../../../src/server/features/recovery/receivers.ts'
import { type Frozen, freeze } from '../session/frozen.ts'

// Whoever enrolled the work mailbox while the policy let them has it enrolled still.

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze()
})
afterEach(() => frozen.stop())

const own = ['ada@corp.example.com', 'ada.lovelace@corp.example.com', 'ada@corp.test']

function account(allowDirectoryMailbox: boolean): RecoveringAccount {
  const { secrets } = frozen.deps
  return {
    ...{ accountId: 'id-of-ada', dn: 'CN=ada', accountName: 'ada', displayName: 'Ada' },
    mail: 'ada@corp.example.com',
    ownMailboxes: own.map((address) => blindMailbox(secrets, address)),
    decision: {
      ...{ version: 1, rule: 'everyone', methods: ['email', 'totp'], required: 2 },
      ...{ strength: 'any', passkeyCountsAsTwo: false },
      ...{ allowDirectoryMailbox, allowDirectoryPhone: false },
    } as RecoveringAccount['decision'] & object,
  }
}

function reached(whose: RecoveringAccount, ...addresses: string[]): string[] {
  const { secrets } = frozen.deps
  const methods = addresses.map((address) => {
    const named = { id: secrets.newId(), accountId: whose.accountId }
    return {
      ...({ ...named, kind: 'email', label: '', createdAt: 1, confirmedAt: 1 } as const),
      secret: secrets.sealMethodSecret(named, address),
      ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
    }
  })
  const addressee = { recovery: { id: 'one' }, account: whose, methods }
  return receiversOf(frozen.deps, 'email', { ...addressee, isDirectorySuspended: false }).map(
    ({ to }) => to,
  )
}

it.each([...own, 'Ada+codes@CORP.example.com', 'ADA.Lovelace@corp.example.com'])(
  '%s receives nothing once the policy closes the work mailbox',
  (address) => {
    expect(reached(account(false), address)).toEqual([])
    expect(reached(account(false), address, 'ada@home.example')).toEqual(['ada@home.example'])
  },
)

it('also in a recovery that was begun before its addresses were kept', () => {
  const { ownMailboxes: _, ...older } = account(false)
  expect(reached(older, 'ada+codes@corp.example.com')).toEqual([])
})

it('receives them where the policy allows it', () => {
  const address = 'ada.lovelace@corp.example.com'
  expect(reached(account(true), address)).toContain(address)
})
