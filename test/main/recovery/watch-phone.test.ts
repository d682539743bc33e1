import { describe, expect, it, vi } from 'vitest'
import type { JourneyError, JourneyResult } from '../../../src/contract/journey-bridge.ts'
import type { PhoneState } from '../../../src/contract/push.ts'
import type { RecoveryStatus } from '../../../src/contract/recovery.ts'
import { err, ok } from '../../../src/contract/result.ts'
import type { Recovery } from '../../../src/main/recovery/recovery.ts'
import { watchPhone } from '../../../src/main/recovery/watch-phone.ts'

const statusOf = (phone: PhoneState, state: RecoveryStatus['state'] = 'proving') =>
  ({ phone, state }) as RecoveryStatus

type Line = readonly PhoneState[] | 'silent' | JourneyError['code']

/** A backend that says on each line, and to each question, what a list says next. */
function worldOf(lines: Line[], answers: (RecoveryStatus | JourneyError['code'])[]) {
  const said = { listened: 0, asked: 0, waited: 0 }
  const client = {
    async listen(onStatus: (status: RecoveryStatus) => void, signal: AbortSignal) {
      said.listened += 1
      const line = lines.shift() ?? 'silent'
      if (line === 'silent') {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      } else if (typeof line === 'string') return err({ code: line })
      else for (const phone of line) onStatus(statusOf(phone))
      return ok(null)
    },
    async status(): Promise<JourneyResult<RecoveryStatus>> {
      said.asked += 1
      const answer = answers.shift() ?? 'backend_unexpected'
      return typeof answer === 'string' ? err({ code: answer }) : ok(answer)
    },
  }
  const recovery = { client, forgotten: false } as unknown as Recovery
  const wait = async () => {
    said.waited += 1
  }
  const stop = new AbortController()
  return { said, stop, recovery, watch: () => watchPhone({ wait }, recovery, stop.signal) }
}

describe('waiting for a phone', () => {
  it('ends when nobody waits any more', async () => {
    const { stop, watch } = worldOf([], [])
    const watched = watch()
    stop.abort()
    expect(await watched).toEqual(err({ code: 'no_recovery' }))
  })

  it('ends with what the backend refuses, and with a network that stays away', async () => {
    const refused = worldOf(['unauthorized'], ['unauthorized'])
    expect(await refused.watch()).toEqual(err({ code: 'unauthorized' }))
    const away = Array.from({ length: 9 }, () => 'backend_unreachable' as const)
    const { said, watch } = worldOf([...away], [...away])
    expect(await watch()).toEqual(err({ code: 'backend_unreachable' }))
    expect(said.asked).toBe(6)
  })

  it.each(['approved', 'wrong', 'denied', 'expired'] as const)(
    'hears that it is %s, and asks nothing besides',
    async (phone) => {
      const { said, watch } = worldOf([['waiting', phone]], [])
      expect(await watch()).toEqual(ok(statusOf(phone)))
      expect(said).toEqual({ listened: 1, asked: 0, waited: 0 })
    },
  )

  it('asks, and listens again, when the line ends too early', async () => {
    const { said, watch } = worldOf([['waiting'], ['waiting', 'wrong']], [statusOf('waiting')])
    expect(await watch()).toEqual(ok(statusOf('wrong')))
    expect(said).toEqual({ listened: 2, asked: 1, waited: 1 })
  })

  it('asks again and again where no event comes through', async () => {
    vi.useFakeTimers()
    try {
      const { watch } = worldOf(['silent', 'silent'], [statusOf('waiting'), statusOf('approved')])
      const watched = watch()
      await vi.advanceTimersByTimeAsync(15_000)
      expect(await watched).toEqual(ok(statusOf('approved')))
    } finally {
      vi.useRealTimers()
    }
  })

  it('hears of a recovery that has come to its end by other means', async () => {
    const over = statusOf('waiting', 'proven')
    const { watch } = worldOf([['waiting']], [over])
    expect(await watch()).toEqual(ok(over))
  })
})
