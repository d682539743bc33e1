import { parseArgs } from 'node:util'
import type { MethodRecord, ResolvedAccount } from '../domain/ports/store.ts'
import { recordMethodChange } from '../domain/record-method-change.ts'
import type { OpenParts } from '../open-parts.ts'
import { type Command, say } from './terminal.ts'
import { withAccount } from './with-parts.ts'

const options = {
  config: { type: 'string' },
  label: { type: 'string', default: 'Authenticator' },
  json: { type: 'boolean' },
} as const

/** For scripts and demonstrations: whoever may read the master key could do it anyway. */
export const totp: Command = {
  summary: 'set up an authenticator app for an account, and print its seed once',
  usage: 'latchkey-server totp enrol NAME --config FILE [--label TEXT] [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const command = { verb: 'enrol', usage: totp.usage }
    return withAccount(command, { ...values, positionals }, async (parts, account) => {
      const { seed, uri, methodId } = await enrol(parts, account, values.label)
      if (values.json) say(JSON.stringify({ accountId: account.accountId, methodId, seed, uri }))
      else say(`${account.accountName} has a new authenticator.\nSeed: ${seed}\nAddress: ${uri}`)
      return 0
    })
  },
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
    await recordMethodChange(dependencies, tx, 'added', account, method, now)
  })
  return { seed, uri: dependencies.totp.uri(seed, accountName), methodId }
}
