import { create } from 'qrcode'

/** ISO/IEC 18004 §5.3.8: four light modules on every side. */
const quiet = 4

/** A QR code as one SVG path, with no styles for a content security policy to refuse. */
export function qrPath(text: string): { path: string; size: number } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const rows = Array.from({ length: modules.size }, (_, row) => row)
  const path = rows.flatMap((row) => runsOf(modules, row)).join('')
  return { path, size: modules.size + 2 * quiet }
}

/** The dark runs of one row as rectangles: a module each would leave hairlines between them. */
function runsOf(
  modules: { size: number; get: (row: number, column: number) => number },
  row: number,
) {
  const runs: string[] = []
  let start = -1
  for (let column = 0; column <= modules.size; column += 1) {
    const isDark = column < modules.size && Boolean(modules.get(row, column))
    if (isDark && start < 0) start = column
    if (isDark || start < 0) continue
    const width = column - start
    runs.push(`M${start + quiet} ${row + quiet}h${width}v1h-${width}z`)
    start = -1
  }
  return runs
}
