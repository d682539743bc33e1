import { type BrowserWindow, ipcMain } from 'electron'
import { type IpcVerb, ipcChannel, ipcVerbs } from '../../contract/ipc-channels.ts'
import type { JourneyBridge, ProgressStep } from '../../contract/journey-bridge.ts'
import { err } from '../../contract/result.ts'
import { isTrustedSender } from './trusted-sender.ts'

export type Verbs = Omit<JourneyBridge, 'onProgress'>

/** Verbs that answer with a result say there that they were refused; the others reject. */
const withoutResult: readonly IpcVerb[] = ['settings', 'abandon', 'leave']

/**
 * Answers the page's verbs. This is the only file that may import `ipcMain`: sender and arguments
 * are checked here once, and nothing is handled anywhere else.
 *
 * @param origin - the origin that the page is served under
 * @param onFault - told when a verb threw, which is a fault in the program
 */
export function serveVerbs(
  window: BrowserWindow,
  origin: string,
  verbs: Verbs,
  onFault: (verb: IpcVerb, fault: unknown) => void,
): void {
  const contents = window.webContents
  for (const verb of ipcVerbs) {
    ipcMain.handle(ipcChannel(verb), async (event, ...values: unknown[]) => {
      const page = { contents, mainFrame: contents.mainFrame }
      if (!isTrustedSender(event, page, origin)) throw new Error('refused')
      const request = await parse(verb, values)
      if (request === null) return refuse(verb)
      try {
        const perform = verbs[verb] as (...request: unknown[]) => Promise<unknown>
        return await perform(...request)
      } catch (fault) {
        onFault(verb, fault)
        if (withoutResult.includes(verb)) throw new Error('failed')
        return err({ code: 'backend_unexpected' })
      }
    })
  }
}

/** Tells the page how far a write has come. */
export function sendProgress(window: BrowserWindow, step: ProgressStep): void {
  if (!window.isDestroyed()) window.webContents.send(ipcChannel('progress'), step)
}

/** The schemas are loaded with the first verb that has arguments, after the first screen is up. */
async function parse(verb: IpcVerb, values: readonly unknown[]): Promise<unknown[] | null> {
  if (verb === 'settings') return values.length === 0 ? [] : null
  const { parseRequest } = await import('./parse-request.ts')
  return parseRequest(verb, values)
}

function refuse(verb: IpcVerb) {
  if (withoutResult.includes(verb)) throw new Error('refused')
  return err({ code: 'invalid_request' })
}
