import { parseArgs } from 'node:util'
import { endRecoveries } from '../domain/end-recoveries.ts'
import { lockMethods } from '../domain/lock-methods.ts'
import type { MethodRecord } from '../domain/ports/methods.ts'
import type { ResolvedAccount } from '../domain/ports/recoveries.ts'
import { recordMethodChange } from '../domain/record-method-change.ts'
import type { OpenParts } from '../open-parts.ts'
import { type Command, say } from './terminal.ts'
import { withAccount } from './with-parts.ts'

const options = {
  config: { type: 'string' },
  label: { type: 'string', default: 'Authenticator' },
  json: { type: 'boolean' },
} as const

/**
 * To set one up for scripts and demonstrations, and to remove all that somebody has lost. Whoever may
 * read the master key could do it anyway; who is asking is for the helpdesk to find out.
 */
export const totp: Command = {
  summary: 'set up an authenticator app for an account, or remove those that were lost',
  usage:
    'latchkey-server totp enrol NAME --config FILE [--label TEXT] [--json]\n' +
    '       latchkey-server totp remove NAME --config FILE [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const verb = positionals[0] === 'remove' ? 'remove' : 'enrol'
    return withAccount(
      { verb, usage: totp.usage },
      { ...values, positionals },
      async (parts, account) => {
        if (verb === 'remove') {
          const removed = await remove(parts, account)
          if (values.json) say(JSON.stringify({ accountId: account.accountId, removed }))
          else say(`Authenticators of ${account.accountName} that were removed: ${removed}.`)
          return 0
        }
        const { seed, uri, methodId } = await enrol(parts, account, values.label)
        if (values.json) say(JSON.stringify({ accountId: account.accountId, methodId, seed, uri }))
        else say(`${account.accountName} has a new authenticator.\nSeed: ${seed}\nAddress: ${uri}`)
        return 0
      },
    )
  },
}

/** Removes all authenticators of the account, as its owner could, and tells them. */
async function remove({ dependencies }: OpenParts, account: ResolvedAccount): Promise<number> {
  const { accountId } = account
  const now = dependencies.now()
  return dependencies.store.transaction(async (tx) => {
    await lockMethods(tx, accountId, now)
    const apps = (await tx.methods.list(accountId)).filter(({ kind }) => kind === 'totp')
    for (const app of apps) {
      if (app.confirmedAt !== null) {
        await recordMethodChange(dependencies, tx, 'removed', account, app, now)
      }
      await tx.methods.remove(app.id, accountId)
    }
    await endRecoveries(tx, accountId, now)
    await tx.sessions.lowerAll(accountId)
    return apps.length
  })
}

async function enrol({ dependencies }: OpenParts, account: ResolvedAccount, label: string) {
  const { secrets, store } = dependencies
  const { accountId, accountName } = account
  const now = dependencies.now()
  const seed = dependencies.totp.newSeed()
  const methodId = secrets.newId()
  const method: MethodRecord = {
    ...{ id: methodId, accountId, kind: 'totp', label, createdAt: now, confirmedAt: now },
    secret: secrets.sealMethodSecret({ id: methodId, accountId }, seed),
    ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
  }
  await store.transaction(async (tx) => {
    await tx.methods.insert(method)
    await tx.sessions.lowerAll(accountId)
    await recordMethodChange(dependencies, tx, 'added', account, method, now)
  })
  return { seed, uri: dependencies.totp.uri(seed, accountName), methodId }
}
