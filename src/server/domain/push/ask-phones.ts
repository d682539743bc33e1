import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../dependencies.ts'
import { secondsUntil } from '../limits.ts'
import type { MethodRecord } from '../ports/methods.ts'
import type { PushDeviceRecord } from '../ports/push-devices.ts'
import type { PushRequestRecord } from '../ports/push-requests.ts'
import type { StoreTransaction } from '../ports/store.ts'
import type { Refusal } from '../refusal.ts'
import { maskedPlace } from './masked-place.ts'

/** Long enough to find the phone; short enough that nobody forgets what it was about. */
export const pushLifetimeMs = 2 * 60_000

/** What is to be asked, by whom, and of whose phones. */
export type Question = Pick<
  PushRequestRecord,
  'subject' | 'recoveryId' | 'offerId' | 'purpose' | 'isAfterStrong'
> & {
  /** Whose phones; a stranger's has none. */
  readonly accountId: string
  /** False: it is written down like any other, and nobody sees it. */
  readonly mayReach: boolean
  readonly methods: readonly MethodRecord[]
  /** Network address that asks. */
  readonly address: string
}

export type Asked = {
  /** For the screen that asks; the phone is never told. */
  readonly number: string
  readonly expiresAt: number
  /** What to knock at once this is committed. */
  readonly phones: readonly PushDeviceRecord[]
}

/**
 * Writes down that phones are asked for a number. An account's phones see one question at a time: a
 * second one reaches nobody, unless its asker has proven more than the first. To be called with the
 * account's methods locked, so that there is no third one beside these two.
 *
 * @param now - milliseconds since the epoch
 */
export async function askPhones(
  tx: StoreTransaction,
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  question: Question,
  now: number,
): Promise<Result<Asked, Refusal>> {
  const { methods, address, mayReach, accountId, ...asked } = question
  const phones = await phonesOf(tx, accountId, methods)
  await tx.pushRequests.withdraw(asked.subject)
  const other = await tx.pushRequests.pending(accountId, now)
  if (other?.isAfterStrong && asked.isAfterStrong) {
    return err({
      code: 'too_many_codes',
      retryAfterSeconds: secondsUntil(other.expiresAt, now),
    })
  }
  if (other !== null && asked.isAfterStrong) await tx.pushRequests.withdraw(other.subject)
  const isFree = other === null || asked.isAfterStrong
  const reaches = mayReach && isFree && phones.length > 0
  const number = secrets.newPushNumber()
  const expiresAt = now + pushLifetimeMs
  await tx.pushRequests.insert({
    ...{ ...asked, id: secrets.newId(), accountId: reaches ? accountId : null, number },
    ...{ state: 'pending', place: maskedPlace(address), createdAt: now, expiresAt },
  })
  return ok({ number, expiresAt, phones: reaches ? phones : [] })
}

/** The phones that can answer: paired, confirmed, and not suspended since. */
async function phonesOf(
  tx: StoreTransaction,
  accountId: string,
  methods: readonly MethodRecord[],
): Promise<PushDeviceRecord[]> {
  const usable = new Set(
    methods
      .filter(({ confirmedAt, suspendedAt }) => confirmedAt !== null && suspendedAt === null)
      .map(({ id }) => id),
  )
  const phones = await tx.pushDevices.list(accountId)
  return phones.filter(({ methodId, thumbprint }) => usable.has(methodId) && thumbprint !== null)
}
