import { join } from 'node:path'
import { electronSwitches } from '../lab/electron.ts'
import { startProcess } from '../lab/process.ts'
import { ensureElectron } from '../setup/electron-runtime.ts'
import type { DemoOptions } from './arguments.ts'
import { isBackIn, tellsOfSuccess } from './back-in.ts'
import { codeLine } from './code-line.ts'
import { APP_FOLDER, writeHelperConfiguration } from './helper.ts'
import type { Parts } from './parts.ts'
import type { DemoWorld } from './world.ts'

const CODE_REFRESH_MS = 1_000

/**
 * Opens the helper for a person to click through; the terminal plays phone and mailbox.
 *
 * @throws when the helper could not open its window
 */
export async function guide(
  world: DemoWorld,
  { language }: DemoOptions,
  { keep, isStopping }: Parts,
): Promise<void> {
  const { employee, mail } = world
  const runtime = await ensureElectron()
  const helper = await keep(
    startProcess({
      name: 'The helper',
      command: runtime.path,
      args: [
        ...electronSwitches(),
        `--user-data-dir=${join(world.folder, 'workstation', 'data')}`,
        APP_FOLDER,
        `--config=${writeHelperConfiguration(world, language)}`,
      ],
      logFile: join(world.folder, 'helper.log'),
    }),
  )
  console.log(`
  You are ${employee.account}, and your account is locked. The helper is open.

    Account             ${employee.account}
    Authenticator code  shown below, new every 30 seconds
    Mailbox             ${mail.inboxUrl}   (mails are shown here too)
    Portal              ${world.backend.origin}/portal/   (where ${employee.account} has set this up; your browser
                        will warn of its certificate, which is the demo's own)

  Ctrl-C ends everything.
`)
  let backIn: Promise<string | null> = Promise.resolve(null)
  mail.onMail(({ to, subject, text }) => {
    console.log(`\r  ✉ ${to.join(', ')}: ${subject}\n${indent(text)}\n`)
    if (tellsOfSuccess({ subject })) backIn = isBackIn(world).catch(() => null)
  })
  const showCode = codeLine(process.stdout.isTTY, (text) => process.stdout.write(text))
  const phone = setInterval(async () => {
    const left = 30 - (Math.floor(Date.now() / 1000) % 30)
    showCode(await employee.code(), left)
  }, CODE_REFRESH_MS)
  const { code } = await helper.exited
  clearInterval(phone)
  if (isStopping()) return
  if (code !== 0) {
    throw new Error(`The helper ended by itself. On a machine whose display cannot be used:
npm run demo -- --headless. It said:\n\n${helper.output().trim().slice(-2_000)}`)
  }
  const sentence = await backIn
  console.log(`\n\n  The helper was closed. ${sentence ?? ''}\n`)
}

function indent(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n')
}
