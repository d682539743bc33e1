import { startProcess } from './process.ts'

export interface VirtualDisplay {
  /** For the environment variable `DISPLAY`. */
  name: string
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 10_000

/**
 * Starts an X server without a screen (Xvfb) on a display number of its own.
 *
 * @throws with a sentence for people when Xvfb is not installed or does not start
 */
export async function startVirtualDisplay(size = '1280x900'): Promise<VirtualDisplay> {
  const server = await startProcess({
    name: 'Xvfb',
    command: 'Xvfb',
    // It picks a free number and prints it on file descriptor 1.
    args: ['-displayfd', '1', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'],
  })
  try {
    const number = await server.waitForOutput(/^\d+$/m, START_TIMEOUT_MS)
    return { name: `:${number}`, stop: () => server.stop() }
  } catch (error) {
    await server.stop()
    throw error
  }
}
