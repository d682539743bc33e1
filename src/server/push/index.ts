import webPush from 'web-push'
import { PhoneSubscription, type PushMessage } from '../../contract/push.ts'
import type { Envelope } from '../../sealing/envelope.ts'
import type { Log } from '../domain/ports/log.ts'
import type { PushDeviceRecord } from '../domain/ports/push-devices.ts'
import type { PushSender } from '../domain/ports/push-sender.ts'
import type { Secrets } from '../domain/ports/secrets.ts'
import type { Store } from '../domain/ports/store.ts'
import { isAllowedService } from './allowed-services.ts'
import { createPost } from './post.ts'
import { type VapidKey, vapidKey } from './vapid-keys.ts'

export type PushOptions = {
  /** Hosts that may be posted to. */
  readonly services: readonly string[]
  readonly caPem: string | null
  /** Whom a push service may write to about our messages (RFC 8292 §2.1): `mailto:` or `https:`. */
  readonly contact: string
}

type Parts = {
  readonly store: Pick<Store, 'transaction'>
  readonly envelope: Envelope
  readonly secrets: Pick<Secrets, 'openMethodSecret'>
  readonly log: Log
  readonly now: () => number
}

/** Whoever is late has been asked in vain, and should not be woken for it. */
const lifetimeSeconds = 120

/** Web Push (RFC 8030), encrypted to the phone (RFC 8291) and signed by the organisation (RFC 8292). */
export function createPushSender(
  parts: Parts,
  options: PushOptions,
): PushSender & { close(): void } {
  const { post, close } = createPost(options.caPem)
  let known: Promise<VapidKey | null> | undefined
  const key = async () => {
    known ??= vapidKey(parts.store, parts.envelope, parts.now())
    const found = await known.catch(() => null)
    if (found === null) known = undefined
    return found
  }

  async function knockAt(device: PushDeviceRecord, message: PushMessage): Promise<void> {
    const { subscription: sealed, methodId, accountId } = device
    if (sealed === null) return
    const opened = parts.secrets.openMethodSecret({ id: methodId, accountId, secret: sealed })
    const found = PhoneSubscription.safeParse({ subscription: parse(opened) })
    const to = found.success ? found.data.subscription : null
    const vapid = await key()
    // SECURITY: asked again here: the list may have become shorter since the phone has subscribed.
    if (to === null || vapid === null || !isAllowedService(to.endpoint, options.services)) return
    const details = webPush.generateRequestDetails(to, JSON.stringify(message), {
      vapidDetails: { subject: options.contact, ...vapid },
      TTL: lifetimeSeconds,
      urgency: 'high',
      topic: 'latchkey',
      contentEncoding: 'aes128gcm',
    })
    const { endpoint, headers } = details
    const outcome = await post({ endpoint, headers, body: details.body as Buffer })
    if (outcome === 'gone') {
      await parts.store.transaction((tx) => tx.pushDevices.subscribe(methodId, null, sealed))
    } else if (outcome === 'failed') {
      const detail = `the push service ${new URL(endpoint).hostname} did not take a message`
      parts.log.warn({ event: 'push_failed', detail }, 'a phone was not knocked at')
    }
  }

  return {
    close,
    async publicKey() {
      const vapid = await key()
      if (vapid === null) throw new Error('the key for push services cannot be opened')
      return vapid.publicKey
    },
    isAllowed: (endpoint) => isAllowedService(endpoint, options.services),
    knock(phones, message) {
      // After the answer, so that it tells nothing about who has a phone (P6).
      setImmediate(() => {
        for (const phone of phones) {
          knockAt(phone, message).catch(() => {
            parts.log.warn({ event: 'push_failed' }, 'a phone was not knocked at')
          })
        }
      })
    },
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
