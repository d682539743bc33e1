import { helpText, readArguments } from './demo/arguments.ts'
import { guide } from './demo/guide.ts'
import { prepare } from './demo/prepare.ts'
import { terminalSteps } from './demo/steps.ts'
import { walkThrough } from './demo/walk-through.ts'
import { startDemoWorld } from './demo/world.ts'
import { onShutdown } from './lab/shutdown.ts'

/** `npm run demo`: a locked-out employee gets back in, on real parts, on this machine. */
async function demo(): Promise<void> {
  const options = readArguments(process.argv.slice(2), process.env)
  if (options.help) return console.log(helpText)
  const steps = terminalSteps()
  console.log('\nLatchkey: a locked-out employee gets back in.\n')
  await prepare(options)
  const world = await startDemoWorld(steps, options)
  const forget = onShutdown(() => world.stop())
  try {
    await (options.display ? guide(world, options) : walkThrough(world, steps, options))
  } finally {
    await world.stop()
    forget()
  }
}

await demo().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
