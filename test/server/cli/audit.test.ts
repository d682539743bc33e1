import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { auditSigner, auditVerifier } from '../../../src/sealing/audit-signature.ts'
import { writeCheckpoint } from '../../../src/server/audit/write-checkpoint.ts'
import { audit } from '../../../src/server/cli/audit.ts'
import { migrate } from '../../../src/server/cli/migrate.ts'
import { openStore } from '../../../src/server/store/open-store.ts'
import { configFolder, pem } from '../config/config-folder.ts'
import { said } from './said.ts'

async function migrated() {
  const { folder, config, put, write } = configFolder()
  const file = write(config)
  expect(await said(migrate, '--config', file)).toMatchObject({ code: 0 })
  const verify = (...args: string[]) => said(audit, 'verify', '--config', file, ...args)
  return { folder, put, verify }
}

test('a key or a checkpoint file that is not there is named as what it is', async () => {
  const { verify } = await migrated()
  expect(await verify('--checkpoint', '/nope')).toEqual({
    code: 1,
    text: 'There is no checkpoint file /nope.',
  })
  expect(await verify('--key', '/nope')).toEqual({ code: 1, text: 'There is no key file /nope.' })
})

test('one checkpoint agrees, two agree', async () => {
  const { folder, config, write } = configFolder()
  const file = write(config)
  await said(migrate, '--config', file)
  const store = await openStore({ engine: 'sqlite', file: join(folder, 'latchkey.db') })
  onTestFinished(() => store.close())
  const checkpoints = join(folder, 'checkpoints.jsonl')
  const signer = auditSigner(Buffer.alloc(32, 7))
  const known = [auditVerifier(signer.publicKeyPem)]
  const verified = async () => {
    const fields = { version: '1' }
    await store.transaction((tx) => tx.audit({ event: 'server.started', at: 1, fields }))
    await writeCheckpoint(store.log, checkpoints, signer, known, 1)
    return said(audit, 'verify', '--config', file, '--checkpoint', checkpoints)
  }
  expect((await verified()).text).toMatch(/\n1 checkpoint agrees with it, up to entry 1 /)
  expect((await verified()).text).toMatch(/\n2 checkpoints agree with it, up to entry 2 /)
})

test('a file that is no key of checkpoints is refused in a sentence', async () => {
  const { folder, put, verify } = await migrated()
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
  put('rsa.pem', rsa.export({ type: 'spki', format: 'pem' }).toString())
  put('server.pem', pem)
  for (const name of ['rsa.pem', 'server.pem', 'master.key']) {
    expect(await verify('--key', join(folder, name))).toEqual({
      code: 1,
      text: `${join(folder, name)} is not the public key of checkpoints: give what "latchkey-server audit key" printed, in a file.`,
    })
  }
  expect(await verify('--key', folder)).toEqual({ code: 1, text: `${folder} is not a key file.` })
})
