import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { launchElectron } from '../lab/electron.ts'
import { handsAt, headings } from '../lab/hands.ts'
import { trySignIn } from '../lab/sign-in.ts'
import { startVirtualDisplay } from '../lab/virtual-display.ts'
import type { DemoOptions } from './arguments.ts'
import { APP_FOLDER, writeHelperConfiguration } from './helper.ts'
import type { Parts } from './parts.ts'
import type { Steps } from './steps.ts'
import type { DemoWorld } from './world.ts'

/** Another one each time: a domain that outlives the demo remembers. */
const newPassword = `Seven quiet Lanterns ${randomInt(1_000, 10_000)} rivers`
const WINDOW_SIZE = '1280x900'

/** Walks a locked-out employee through the real helper, and proves that the new password works. */
export async function walkThrough(
  world: DemoWorld,
  steps: Steps,
  { screenshots }: DemoOptions,
  { keep }: Parts,
): Promise<void> {
  const { employee, domain, mail } = world
  // Only Linux has screens that nobody sees.
  const isLinux = process.platform === 'linux'
  const display = isLinux ? await keep(startVirtualDisplay(WINDOW_SIZE)) : null
  const app = await steps.run('Open the helper', () =>
    keep(
      launchElectron({
        appFolder: APP_FOLDER,
        ...(display ? { display: display.name } : {}),
        args: [`--config=${writeHelperConfiguration(world, 'en')}`],
        userDataFolder: join(world.folder, 'workstation', 'data'),
      }),
    ),
  )
  // Pictures of half-faded screens show nothing.
  await app.window.emulateMedia({ reducedMotion: 'reduce' })
  const look = camera(app.window, screenshots)
  try {
    const hands = handsAt(
      app.window,
      { waitFor: (predicate, timeoutMs) => mail.waitFor(predicate, timeoutMs) },
      look,
    )
    await steps.run(`“Who are you?” ${employee.account}`, () => hands.nameAccount(employee.account))
    await steps.run('Prove it with the authenticator app', async () =>
      hands.proveByApp(await employee.code()),
    )
    await steps.run('Prove it with the code that was mailed', () => hands.proveByMail(employee))
    await steps.run('The helper finds a domain controller and the rules', () =>
      hands.see(headings.password),
    )
    await steps.run('Choose a new password, and have it written', async () => {
      await hands.choosePassword(newPassword)
      await hands.see(headings.done)
    })
    await look('done')
  } catch (error) {
    await look('failure').catch(() => {})
    throw error
  }
  await app.stop()
  await steps.run('Sign in to the domain controller with the new password', () =>
    mustSignIn(world, newPassword),
  )
  const old = await trySignIn(employee.userPrincipalName, employee.password, domain.signIn)
  if (old === '') throw new Error('The directory still accepts the old password.')
  console.log(`
  ${employee.account} is back in. The directory accepts the new password and refuses the old one.
  Pictures of each step: ${screenshots}
`)
  if (!domain.isOwn) {
    console.log(`  The password of ${employee.account} is now: ${newPassword}\n`)
  }
}

async function mustSignIn({ employee, domain }: DemoWorld, password: string): Promise<void> {
  const refusal = await trySignIn(employee.userPrincipalName, password, domain.signIn)
  if (refusal !== '') throw new Error(`The directory refused the new password: ${refusal}`)
}

function camera(page: Page, folder: string): (screen: string) => Promise<void> {
  mkdirSync(folder, { recursive: true })
  let count = 0
  return async (screen) => {
    count += 1
    const measuring = page.getByText('Measuring …')
    await measuring.waitFor({ state: 'hidden', timeout: 5_000 }).catch(() => {})
    const name = `${String(count).padStart(2, '0')}-${screen}.png`
    await page.screenshot({ path: join(folder, name), animations: 'disabled' })
  }
}
