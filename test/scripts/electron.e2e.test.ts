import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { type LaunchedApp, launchElectron } from '../../scripts/lab/electron.ts'
import { testDisplay } from '../helpers/lab.ts'

const appFolder = fileURLToPath(new URL('../../scripts/lab/empty-app', import.meta.url))
let launched: LaunchedApp | undefined

/** The processes of a group, except those that only wait for their parent to look at their end. */
const alive = (group: string) =>
  spawnSync('pgrep', ['-g', group, '-r', 'D,R,S,T'], { encoding: 'utf8' }).stdout

afterEach(async () => {
  await launched?.stop()
  launched = undefined
})

describe('the Electron of the lab', () => {
  it('says what is wrong with an app that does not start', async () => {
    const starting = launchElectron({
      appFolder: '/nowhere',
      display: testDisplay(),
      timeoutMs: 10_000,
    })
    await expect(starting).rejects.toThrow()
  })

  it('runs an app whose main file is an ES module', async () => {
    launched = await launchElectron({ appFolder, display: testDisplay(), args: ['--given'] })
    expect(await launched.window.title()).toBe('empty')
    const facts = await launched.application.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      packaged: app.isPackaged,
      last: process.argv.at(-1),
    }))
    expect(facts).toEqual({ name: 'empty-app', version: '1.0.0', packaged: false, last: '--given' })
  })

  it('leaves no process behind when it is killed', async () => {
    launched = await launchElectron({ appFolder, display: testDisplay() })
    const group = String(launched.application.process().pid)
    expect(alive(group)).not.toBe('')
    await launched.kill()
    await expect.poll(() => alive(group), { timeout: 5_000 }).toBe('')
  })
})
