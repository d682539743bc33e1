import type { ServerConfig } from '../../config/load.ts'
import { phoneCountriesFrom } from '../../config/sms.ts'
import { storeConfigFrom } from '../../config/store.ts'
import { dayMs, limitKeys } from '../../domain/limits.ts'
import type { LimitRecord } from '../../domain/ports/limits.ts'
import { smsTransportFrom, transportFrom } from '../../open-parts.ts'
import { openStore } from '../../store/open-store.ts'
import { type Finding, failed, fine, warning } from './finding.ts'

const check = 'text messages'

/** Whether the provider would take messages, and how it went lately. Sends none. */
export async function checkSmsProvider(config: ServerConfig): Promise<Finding[]> {
  const mail = transportFrom(config)
  try {
    const provider = smsTransportFrom(config, mail, Date.now)
    if (provider === null) return []
    const checked = await provider.check()
    const found = checked.ok
      ? fine(
          check,
          `${provider.adapter}, to ${phoneCountriesFrom(config.file).countries.join(', ')}`,
        )
      : failed(check, `the provider ${checked.error.reason}`, checked.error.fix)
    return [found, ...(await lately(config))]
  } finally {
    mail.close()
  }
}

/** What a day may cost, and what was given up in it. Nothing when the store does not say. */
async function lately(config: ServerConfig): Promise<Finding[]> {
  const counters = await readCounters(config).catch(() => null)
  if (counters === null) return []
  const [failures, day] = counters.map((counter) => (isOfToday(counter) ? counter : null))
  const { smsInDay } = config.file.limits
  return [
    ...(failures ? [gaveUp(failures)] : []),
    ...(day && day.count >= smsInDay ? [usedUp(smsInDay)] : []),
  ]
}

async function readCounters(config: ServerConfig): Promise<(LimitRecord | null)[]> {
  const store = await openStore(storeConfigFrom(config))
  try {
    return await store.transaction(async (tx) => [
      await tx.limits.find(limitKeys.smsFailed()),
      await tx.limits.find(limitKeys.smsInDay()),
    ])
  } finally {
    await store.close()
  }
}

function isOfToday(counter: LimitRecord | null): counter is LimitRecord {
  return counter !== null && Date.now() < counter.windowStart + dayMs
}

function gaveUp({ count, note }: LimitRecord): Finding {
  const detail = `${count} given up within a day, the last one for: ${note}`
  return warning(check, detail, 'Look the code up with the provider; the log has each of them.')
}

function usedUp(cap: number): Finding {
  const detail = `none is sent until tomorrow: ${cap} were sent within a day`
  return warning(check, detail, 'Look at who asked for them, then raise limits.smsInDay.')
}
