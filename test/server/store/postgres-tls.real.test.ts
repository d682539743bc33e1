import { chown, copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type CertificateAuthority,
  createCertificateAuthority,
} from '../../../scripts/lab/certificates.ts'
import { type PostgresServer, startPostgres } from '../../../scripts/lab/postgres.ts'
import { currentVersion } from '../../../src/server/store/migrations/index.ts'
import { migrateStore } from '../../../src/server/store/open-store.ts'
import { openLab } from '../../helpers/lab.ts'

const nobody = 65534
let folder: string
let authority: CertificateAuthority
let good: PostgresServer
let misnamed: PostgresServer

async function serverFor(name: string): Promise<PostgresServer> {
  const { certFile, keyFile } = await authority.issue({ commonName: name, names: [name] })
  const files = {
    ssl_cert_file: join(folder, `${name}.pem`),
    ssl_key_file: join(folder, `${name}.key`),
  }
  await copyFile(certFile, files.ssl_cert_file)
  await copyFile(keyFile, files.ssl_key_file)
  for (const file of Object.values(files)) await chown(file, nobody, nobody)
  return startPostgres({ settings: { ssl: 'on', ...files } })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-tls-'))
  await chown(folder, nobody, nobody)
  authority = await createCertificateAuthority(await mkdtemp(join(folder, 'ca-')))
  ;[good, misnamed] = await Promise.all([serverFor('127.0.0.1'), serverFor('db.example.com')])
})
afterAll(async () => {
  await Promise.all([good?.stop(), misnamed?.stop()])
  await rm(folder, { recursive: true })
})

const migrate = (server: PostgresServer, caPem: string) =>
  migrateStore({ engine: 'postgresql', url: server.url, caPem })

describe('a store is not used', () => {
  test('when its certificate comes from another authority', async () => {
    const { caPem } = await openLab()
    await expect(migrate(good, caPem)).rejects.toMatchObject({ fault: 'unreachable' })
  })

  test('when its certificate has another name', async () => {
    const attempt = migrate(misnamed, authority.caPem)
    await expect(attempt).rejects.toMatchObject({ fault: 'unreachable' })
  })

  test('when it speaks no TLS', async () => {
    const { postgres } = await openLab()
    const attempt = migrateStore({
      ...{ engine: 'postgresql', url: postgres.url, caPem: authority.caPem },
    })
    await expect(attempt).rejects.toMatchObject({ fault: 'unreachable' })
  })
})

test('a store whose certificate is right is used', async () => {
  expect(await migrate(good, authority.caPem)).toMatchObject({ to: currentVersion })
})
