import { z } from 'zod'
import type { IpcVerb } from './ipc-channels.ts'
import { Proof } from './methods.ts'
import { NewPassword } from './password-rules.ts'
import { StartRecoveryRequest } from './recovery.ts'

/**
 * The schema of the arguments of every verb between renderer and main. Main parses before it acts;
 * the preload script turns each into a named verb of `JourneyBridge`.
 */
export const ipcRequests = {
  settings: z.tuple([]),
  start: z.tuple([StartRecoveryRequest]),
  challenge: z.tuple([z.string().max(64)]),
  verify: z.tuple([z.string().max(64), Proof]),
  watch: z.tuple([]),
  prepare: z.tuple([]),
  checkLeaked: z.tuple([NewPassword]),
  setPassword: z.tuple([NewPassword]),
  unlock: z.tuple([]),
  abandon: z.tuple([]),
  leave: z.tuple([]),
} as const satisfies Record<IpcVerb, z.ZodType>
