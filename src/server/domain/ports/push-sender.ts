import type { PushMessage } from '../../../contract/push.ts'
import type { PushDeviceRecord } from './push-devices.ts'

/** Knocks at phones through the push services of their browsers' vendors. */
export interface PushSender {
  /** The organisation's key for subscriptions, made when it is asked for first. */
  publicKey(): Promise<string>
  /** SECURITY: whether an address is one of a push service that may be posted to. */
  isAllowed(endpoint: string): boolean
  /**
   * Sends later, once, and never fails here: a phone that is not reached shows the question as soon as
   * it is opened. A phone whose service says that it is gone is not knocked at again.
   */
  knock(phones: readonly PushDeviceRecord[], message: PushMessage): void
}
