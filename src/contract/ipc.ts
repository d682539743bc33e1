import { z } from 'zod'
import { Proof } from './methods.ts'
import { NewPassword } from './password-rules.ts'
import { StartRecoveryRequest } from './recovery.ts'

/**
 * Every channel between renderer and main, with the schema of its arguments. Main parses before it
 * acts; the preload script turns each into a named verb of `JourneyBridge`.
 */
export const ipcRequests = {
  settings: z.tuple([]),
  start: z.tuple([StartRecoveryRequest]),
  challenge: z.tuple([z.string().max(64)]),
  verify: z.tuple([z.string().max(64), Proof]),
  prepare: z.tuple([]),
  setPassword: z.tuple([NewPassword]),
  unlock: z.tuple([]),
  abandon: z.tuple([]),
  leave: z.tuple([]),
} as const
export type IpcVerb = keyof typeof ipcRequests

/** Channel names carry the product's prefix so that nothing else can be mistaken for them. */
export function ipcChannel(verb: IpcVerb | 'progress'): string {
  return `latchkey:${verb}`
}
