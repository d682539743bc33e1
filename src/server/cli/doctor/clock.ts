import type { DirectoryConnection } from '../../../directory/index.ts'
import { type Finding, failed, fine, warning } from './finding.ts'

const noticedMs = 5_000
/** Proofs of possession and time-based codes stand a few minutes, and no more. */
const toleratedMs = 120_000

/** Compares this machine's clock with the controller's: wrong times make right codes wrong. */
export async function checkClock(
  connection: DirectoryConnection,
  controller: string,
): Promise<Finding> {
  const check = `${controller}: clock`
  const read = await connection.search({ base: '', attributes: ['currentTime'] })
  const text = read.ok ? read.value[0]?.values.get('currenttime')?.[0]?.toString() : undefined
  const theirs = parseGeneralizedTime(text ?? '')
  if (theirs === null) return warning(check, 'it does not tell its time', 'Compare it by hand.')
  const difference = Date.now() - theirs
  const seconds = Math.round(Math.abs(difference) / 1000)
  const way = difference > 0 ? 'ahead' : 'behind'
  const detail = `this machine is ${seconds} s ${way}`
  const fix = 'Let both follow the same time server.'
  if (Math.abs(difference) > toleratedMs) return failed(check, detail, fix)
  return Math.abs(difference) > noticedMs
    ? warning(check, detail, fix)
    : fine(check, 'the same time')
}

/** `20261123093100.0Z` (RFC 4517 §3.3.13, as Active Directory writes it). */
function parseGeneralizedTime(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text)
  if (parts === null) return null
  const [year = 0, month = 0, day = 0, ...time] = parts.slice(1, 7).map(Number)
  return Date.UTC(year, month - 1, day, ...(time as [number, number, number]))
}
