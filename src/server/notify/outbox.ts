import type { Envelope } from '../../sealing/envelope.ts'
import { randomToken } from '../../sealing/random.ts'
import type { MailOutbox } from '../domain/ports/outbox.ts'
import type { Secrets } from '../domain/ports/secrets.ts'
import { addressesOnFile } from './addresses-on-file.ts'
import { sealLetter } from './letter.ts'

/** A notification that could not be delivered for a week is not going to be. */
const notificationLifetimeMs = 7 * 24 * 60 * 60_000

/**
 * Puts mail and text messages into the outbox, sealed, in the transaction of its cause.
 *
 * @param wake - called when there may be something to send soon
 */
export function createOutbox(
  envelope: Envelope,
  secrets: Pick<Secrets, 'openMethodSecret'>,
  wake: () => void,
): MailOutbox {
  const put: MailOutbox['put'] = async (tx, mail) => {
    const { to, content, channel = 'mail', now, expiresAt } = mail
    const common = { createdAt: now, nextTryAt: now, tries: 0 }
    const lifetime = { expiresAt: expiresAt ?? now + notificationLifetimeMs }
    for (const address of to.length > 0 ? to : [null]) {
      const id = randomToken()
      const way = channel === 'mail' ? {} : { channel }
      const sealed =
        address === null ? null : sealLetter(envelope, id, { to: address, content, ...way })
      await tx.outbox.put({ id, sealed, ...common, ...lifetime })
    }
    wake()
  }
  return {
    put,
    async tellEverywhere(tx, account, content, now) {
      const methods = await tx.methods.list(account.accountId)
      const to = addressesOnFile(secrets, account.mail, methods)
      if (to.length > 0) await put(tx, { to, content, now })
    },
  }
}
