import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCertificateAuthority } from '../../scripts/lab/certificates.ts'
import { electronSwitches, type LaunchedApp } from '../../scripts/lab/electron.ts'
import { temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import { ensureElectron } from '../../scripts/setup/electron-runtime.ts'
import { testDisplay } from '../helpers/lab.ts'
import { type FakeBackend, serveNobody, startHelper, startRecovery } from './start-helper.ts'

const folder = temporaryFolder('closing')
let backend: FakeBackend
let configuration: object

beforeAll(async () => {
  const authority = await createCertificateAuthority(join(folder.path, 'ca'))
  const certificate = await authority.issue({ commonName: 'backend', names: ['localhost'] })
  const answer = {
    ...{ recoveryId: 'recovery-1', token: 'token-1', purpose: 'reset', state: 'proving' },
    ...{ expiresAt: new Date(Date.now() + 600_000).toISOString(), required: 2, remaining: 2 },
    ...{ attemptsLeft: 5, methods: [{ methodId: 'method-1', kind: 'totp', proven: false }] },
  }
  backend = await serveNobody(certificate, { answer })
  configuration = { backendUrl: `https://localhost:${backend.port}`, caFile: authority.caFile }
})

afterAll(async () => {
  await backend?.stop()
  folder.remove()
})

const ways = {
  'by the page': ({ window }: LaunchedApp) => window.evaluate('void window.latchkey.leave()'),
  // What the button in the title bar does.
  'by its user': ({ application }: LaunchedApp) =>
    application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
  'by the system': ({ application }: LaunchedApp) => application.process().kill('SIGTERM'),
}

test.each(Object.entries(ways))('closed %s, a helper gives its recovery up', async (_, close) => {
  const helper = await startHelper(configuration)
  try {
    backend.requests.length = 0
    expect(await startRecovery(helper.window)).toMatchObject({ ok: true })
    const ended = new Promise((end) => helper.application.process().once('exit', end))
    await close(helper)
    expect(await ended).toBe(0)
    expect(backend.requests).toEqual([
      'POST /api/v1/recoveries',
      'DELETE /api/v1/recoveries/recovery-1',
    ])
  } finally {
    await helper.stop()
  }
})

test('a second helper shows the first one instead', async () => {
  const helper = await startHelper(configuration)
  try {
    const runtime = await ensureElectron()
    const data = await helper.application.evaluate(({ app }) => app.getPath('userData'))
    const app = resolve(import.meta.dirname, '../..')
    const second = spawn(runtime.path, [...electronSwitches(), `--user-data-dir=${data}`, app], {
      env: { ...process.env, DISPLAY: testDisplay() },
      timeout: 20_000,
      killSignal: 'SIGKILL',
    })
    const code = await new Promise((end) => second.once('exit', end))
    expect(code).toBe(0)
    const windows = await helper.application.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
    )
    expect(windows).toBe(1)
  } finally {
    await helper.stop()
  }
})
