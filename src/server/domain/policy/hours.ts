import { type Hours, weekdays } from '../../../contract/policy.ts'

const minutesInDay = 24 * 60

/**
 * Whether a moment is within working hours, by the clock on the wall of their time zone. A span over
 * midnight belongs to the day on which it began.
 *
 * @param at - milliseconds since the epoch
 */
export function isWithinHours(hours: Hours, at: number): boolean {
  const local = wallClock(hours.timeZone, at)
  // What cannot be told is outside.
  if (local === null) return false
  const { day, minute } = local
  const from = minuteOf(hours.from)
  const to = minuteOf(hours.to)
  const isOn = (index: number) => hours.days.includes(weekdays[(index + 7) % 7] ?? 'mon')
  if (from < to) return isOn(day) && minute >= from && minute < to
  return (isOn(day) && minute >= from) || (isOn(day - 1) && minute < to)
}

/** What is wrong with working hours, or null. */
export function hoursProblem({ from, to, timeZone }: Hours): string | null {
  if (wallClock(timeZone, 0) === null) return `there is no time zone ${timeZone}`
  if (minuteOf(from) === minuteOf(to) % minutesInDay && to !== '24:00') {
    return 'it ends when it begins, so nobody could ever recover: write 00:00 to 24:00 for all day'
  }
  return null
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return 60 * hour + minute
}

const clocks = new Map<string, Intl.DateTimeFormat | null>()
const mostClocks = 1000

/** Day of the week (0: Monday) and minute of the day; null for a zone that does not exist. */
function wallClock(timeZone: string, at: number): { day: number; minute: number } | null {
  const clock = clockIn(timeZone)
  if (clock === null) return null
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]))
  const names: readonly string[] = weekdays
  const day = names.indexOf(parts.get('weekday')?.toLowerCase() ?? '')
  const minute = 60 * Number(parts.get('hour')) + Number(parts.get('minute'))
  return { day, minute }
}

function clockIn(timeZone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(timeZone)
  if (known !== undefined) return known
  if (clocks.size >= mostClocks) clocks.clear()
  const clock = makeClock(timeZone)
  clocks.set(timeZone, clock)
  return clock
}

function makeClock(timeZone: string): Intl.DateTimeFormat | null {
  // A bare offset would not follow summer time.
  if (/^[+-]/.test(timeZone)) return null
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' },
      hourCycle: 'h23',
    })
  } catch {
    return null
  }
}
