/** Milliseconds between 1601-01-01, where FILETIME begins, and the Unix epoch. */
const epochOffsetMs = 11_644_473_600_000n
const ticksPerMs = 10_000n
const ticksPerSecond = 10_000_000n
/** What Active Directory writes for "never" (0x7FFFFFFFFFFFFFFF). */
const never = 9_223_372_036_854_775_807n

/**
 * Reads a FILETIME attribute: 100-nanosecond steps since 1601 ([MS-DTYP] 2.3.3).
 *
 * @param text the attribute's decimal value
 * @returns milliseconds since the Unix epoch, or null for "never", "not set" and nonsense
 */
export function fileTimeToMs(text: string | undefined): number | null {
  const ticks = parseInteger(text)
  if (ticks === null || ticks <= 0n || ticks >= never) return null
  return Number(ticks / ticksPerMs - epochOffsetMs)
}

/**
 * Reads a duration as password policies keep it: a negative count of 100-nanosecond steps
 * ([MS-ADTS] 3.1.1.3.1.5, [MS-SAMR] 3.1.1.5).
 *
 * @param text the attribute's decimal value
 * @returns seconds; 0 for none, null for "never ends" (the most negative value) or when missing
 */
export function intervalToSeconds(text: string | undefined): number | null {
  const ticks = parseInteger(text)
  if (ticks === null || ticks <= -never) return null
  return Number((ticks < 0n ? -ticks : ticks) / ticksPerSecond)
}

/** A decimal integer of any size, or null. */
export function parseInteger(text: string | undefined): bigint | null {
  return text !== undefined && /^-?\d{1,20}$/.test(text) ? BigInt(text) : null
}
