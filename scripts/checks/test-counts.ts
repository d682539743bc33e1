export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** The part of vitest's JSON report that is used here. */
export interface VitestReport {
  testResults: {
    /** The file. */
    name: string
    status: string
    message?: string
    assertionResults: { status: string }[]
  }[]
}

/** The kinds of test by file name; a complete run has all of them. */
const kinds = ['.test.ts', '.real.test.ts', '.e2e.test.ts'] as const

/**
 * Counts a run. A file that could not be loaded, a runner that ended badly without naming a failed
 * test and, in a complete run, a kind of which nothing ran count as one failure each.
 *
 * @param report what the run left behind, if anything
 */
export function countTests(
  report: VitestReport | undefined,
  exitCode: number,
  complete: boolean,
): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report?.testResults ?? []) {
    const statuses = file.assertionResults.map(({ status }) => status)
    const failed = statuses.filter((status) => status === 'failed').length
    counts.passed += statuses.filter((status) => status === 'passed').length
    counts.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length
    counts.failed += failed
    if (failed === 0 && file.status === 'failed') counts.failed += 1
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed += 1
  if (complete) counts.failed += missingKinds(report).length
  return counts
}

/** The kinds of which no test ran. */
export function missingKinds(report: VitestReport | undefined): string[] {
  const ran = new Set(
    (report?.testResults ?? [])
      .filter((file) => file.assertionResults.some(({ status }) => status !== 'skipped'))
      .map((file) => kindOf(file.name)),
  )
  return kinds.filter((kind) => !ran.has(kind))
}

function kindOf(file: string): string {
  const name = file.replace(/x$/, '')
  return kinds.findLast((kind) => name.endsWith(kind)) ?? ''
}

/** The one line that ends a run. */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Zero tests are not a success. */
export function isSuccess(counts: Counts): boolean {
  return counts.failed === 0 && counts.passed > 0
}
