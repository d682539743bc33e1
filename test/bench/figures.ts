import { type Comparison, compare, type Pair, type Summary } from './statistics.ts'

export type Unit = 'µs' | 'ms' | 'MB' | '/s'

/** A limit that a ratio has to keep. */
export interface Target {
  bound: 'at most' | 'at least'
  value: number
}

/** One line of the table: ours beside its floor. */
export interface Figure extends Comparison {
  name: string
  unit: Unit
  target?: Target
  met?: boolean
}

/** What is worth knowing beside the ratios, such as percentiles. */
export interface Detail {
  name: string
  unit: Unit
  values: Record<string, number>
  /** What we would like to see here, whatever the floor does. */
  aim?: { text: string; met: boolean }
}

/** What one measure found. */
export interface Findings {
  figures: Figure[]
  details: Detail[]
  /** How it was measured, in sentences. */
  notes: string[]
}

export function figure(name: string, unit: Unit, pairs: readonly Pair[], target?: Target): Figure {
  const compared = compare(pairs)
  if (target === undefined) return { name, unit, ...compared }
  const { median } = compared.ratio
  const met = target.bound === 'at most' ? median <= target.value : median >= target.value
  return { name, unit, ...compared, target, met }
}

/** The table of everything that was measured, and how many targets were met. */
export function renderTable(findings: readonly Findings[]): string {
  const figures = findings.flatMap((found) => found.figures)
  const rows = figures.map((one) => [
    one.name,
    showSummary(one.ours, one.unit),
    showSummary(one.floor, one.unit),
    showRatio(one.ratio),
    one.target ? `${one.target.bound} ${one.target.value}` : '',
    one.target ? (one.met ? 'pass' : 'MISS') : '',
  ])
  const table = columns([['', 'ours', 'floor', 'ratio', 'target', ''], ...rows])
  const details = findings.flatMap((found) => found.details).map(showDetail)
  const aimed = figures.filter(({ target }) => target !== undefined)
  const met = aimed.filter(({ met }) => met).length
  const last = `${met} of ${aimed.length} targets met; median (first to third quartile) of each.`
  return [table, ...(details.length > 0 ? ['', columns(details)] : []), '', last].join('\n')
}

function showSummary({ median, low, high }: Summary, unit: Unit): string {
  return `${round(median)} ${unit} (${round(low)}–${round(high)})`
}

function showRatio({ median, low, high }: Summary): string {
  return `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
}

function showDetail({ name, unit, values, aim }: Detail): string[] {
  const shown = Object.entries(values).map(([key, value]) => `${key} ${round(value)} ${unit}`)
  return [name, ...shown, ...(aim ? [`aim: ${aim.text}: ${aim.met ? 'met' : 'MISSED'}`] : [])]
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1)
}

function columns(rows: string[][]): string {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length)
    })
  }
  const line = (row: string[]) =>
    row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}
