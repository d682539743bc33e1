import type { JourneyResult, ProgressStep } from '../../contract/journey-bridge.ts'
import type { Plan, RecoveryStatus, Sealed, StartRecoveryRequest } from '../../contract/recovery.ts'
import { err, ok } from '../../contract/result.ts'
import type { DirectoryConnection } from '../../directory/index.ts'
import { open, type SealingKeyPair, type SealingUse } from '../../sealing/hpke.ts'
import type { LeakedLookup } from '../backend/leaked-lookup.ts'
import type { RecoveryClient } from '../backend/recovery-client.ts'
import type { Log } from '../log.ts'
import type { LeakMemory } from './check-leaked.ts'
import type { Doubts } from './doubts.ts'
import { createSecret, type Secret } from './secret.ts'

/** The little of the directory that a helper uses. */
export type DirectoryPort = Pick<
  typeof import('../../directory/index.ts'),
  'probeController' | 'openDirectory' | 'changePassword' | 'explainRefusal'
>

/** What a recovery needs from around it. */
export type RecoveryPorts = {
  start(
    request: StartRecoveryRequest,
  ): Promise<JourneyResult<{ client: RecoveryClient; status: RecoveryStatus }>>
  /**
   * The hashes on the list of leaked passwords that begin with these five hexadecimal digits, without
   * them.
   */
  readonly leaked: LeakedLookup
  /** Loaded when it is needed first. */
  directory(): Promise<DirectoryPort>
  /** Authorities for domain controllers when the backend names none. */
  readonly fallbackCaPem: string | null
  /** The server's time, in milliseconds since the epoch. */
  now(): number
  wait(milliseconds: number): Promise<void>
  onProgress(step: ProgressStep): void
  /** For the log: codes only. */
  readonly log: Log
}

type PlanOf<M extends Plan['mode']> = Extract<Plan, { mode: M }>

export type DirectPreparation = {
  readonly mode: 'direct'
  readonly plan: PlanOf<'direct'>
  readonly agentPassword: Secret
  connection: DirectoryConnection
  /**
   * The directory holds a temporary password, or may: then only the same controller will do, and
   * nothing can be planned anew.
   */
  isCommitted: boolean
  /** What the backend has handed out; null before, and when its answer was lost. */
  temporaryPassword: Secret | null
}
export type RelayPreparation = { readonly mode: 'relay'; readonly plan: PlanOf<'relay'> }
export type UnlockPreparation = { readonly mode: 'unlock'; readonly plan: PlanOf<'unlock'> }
export type Prepared = DirectPreparation | RelayPreparation | UnlockPreparation

/** One recovery on this side of the wire: everything that must be forgotten with it. */
export type Recovery = {
  readonly client: RecoveryClient
  /** Made for this recovery alone; the backend seals to it what it hands out. */
  readonly keys: SealingKeyPair
  readonly keyId: string
  status: RecoveryStatus
  prepared: Prepared | null
  readonly doubts: Doubts
  /** What the list of leaked passwords said, so that it is asked once about each password. */
  readonly leaks: LeakMemory
  forgotten: boolean
}

/** Opens a value that the backend sealed to this recovery. */
export async function openSealed(
  recovery: Recovery,
  use: SealingUse,
  accountId: string,
  sealed: Sealed,
): Promise<JourneyResult<Secret>> {
  const { client, keyId, keys } = recovery
  const context = { use, recoveryId: client.recoveryId, accountId, keyId }
  const opened = await open(keys.privateKey, sealed, context)
  return opened.ok ? ok(createSecret(opened.value)) : err({ code: 'backend_unexpected' })
}

/** Wipes what can be wiped and closes what is open. May be called twice. */
export function forget(recovery: Recovery): void {
  recovery.forgotten = true
  recovery.doubts.clear()
  recovery.leaks.clear()
  forgetPreparation(recovery)
}

/** Lets go of how the write was going to be done, before it is planned anew. */
export function forgetPreparation(recovery: Recovery): void {
  const { prepared } = recovery
  recovery.prepared = null
  if (prepared?.mode !== 'direct') return
  prepared.agentPassword.wipe()
  prepared.temporaryPassword?.wipe()
  void prepared.connection.close()
}
