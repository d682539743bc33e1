import { helpText, readArguments } from './demo/arguments.ts'
import { describedDomain } from './demo/described-domain.ts'
import { faultSentence, freeForTemporaryFiles } from './demo/faults.ts'
import { guide } from './demo/guide.ts'
import { demoParts } from './demo/parts.ts'
import { prepare } from './demo/prepare.ts'
import { terminalSteps } from './demo/steps.ts'
import { walkThrough } from './demo/walk-through.ts'
import { startDemoWorld } from './demo/world.ts'
import { onShutdown } from './lab/shutdown.ts'

/** `npm run demo`: a locked-out employee gets back in, on real parts, on this machine. */
async function demo(): Promise<void> {
  const parts = demoParts()
  const forget = onShutdown(parts.stop)
  const started = performance.now()
  try {
    const options = readArguments(process.argv.slice(2), process.env, process.platform)
    if (options.help) return console.log(helpText)
    console.log('\nLatchkey: a locked-out employee gets back in.\n')
    const described = options.directoryFile ? describedDomain(options.directoryFile) : null
    await prepare(options)
    if (options.prepareOnly) return
    const steps = terminalSteps()
    const world = await startDemoWorld(steps, described, parts)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`\n  Everything is up after ${seconds} s.`)
    await (options.hasDisplay
      ? guide(world, options, parts)
      : walkThrough(world, steps, options, parts))
  } catch (error) {
    if (parts.isStopping()) return
    console.error(`\n${faultSentence(error, freeForTemporaryFiles())}\n`)
    process.exitCode = 1
  } finally {
    await parts.stop()
    forget()
  }
}

await demo()
