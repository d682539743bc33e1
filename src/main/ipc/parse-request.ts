import { ipcRequests } from '../../contract/ipc.ts'
import type { IpcVerb } from '../../contract/ipc-channels.ts'

/** Parses what the page sent with a verb. @returns null when it is not what the verb takes */
export function parseRequest(verb: IpcVerb, values: readonly unknown[]): unknown[] | null {
  const parsed = ipcRequests[verb].safeParse(values)
  return parsed.success ? parsed.data : null
}
