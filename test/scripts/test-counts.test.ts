import { describe, expect, it } from 'vitest'
import { countsLine, countTests, isSuccess } from '../../scripts/checks/test-counts.ts'

const file = (name: string, statuses: string[], status = 'passed') => ({
  name,
  status,
  assertionResults: statuses.map((one) => ({ status: one })),
})
const complete = [
  file('test/a.test.ts', ['passed', 'passed']),
  file('test/b.real.test.ts', ['passed']),
  file('test/c.e2e.test.tsx', ['passed']),
]

describe('countTests', () => {
  it('counts a runner that left no report as failed', () => {
    expect(countTests(undefined, 1, false)).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(isSuccess(countTests({ testResults: [] }, 0, false))).toBe(false)
  })

  it('counts a crash after the last test as failed', () => {
    expect(countTests({ testResults: complete }, 1, true).failed).toBe(1)
  })

  it('counts a file that could not be loaded as failed', () => {
    const broken = file('test/d.test.ts', [], 'failed')
    expect(countTests({ testResults: [...complete, broken] }, 1, true).failed).toBe(1)
  })

  it('counts a kind of which nothing ran as failed', () => {
    const without = complete.slice(0, 2)
    expect(countTests({ testResults: without }, 0, true).failed).toBe(1)
    expect(countTests({ testResults: without }, 0, false).failed).toBe(0)
    const skipped = [...without, file('test/c.e2e.test.ts', ['skipped'])]
    expect(countTests({ testResults: skipped }, 0, true)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 1,
    })
  })

  it('counts everything that did not run as skipped', () => {
    const mixed = file(
      'test/a.test.ts',
      ['passed', 'failed', 'skipped', 'todo', 'pending'],
      'failed',
    )
    const counts = countTests({ testResults: [mixed] }, 1, false)
    expect(countsLine(counts)).toBe('1 passed, 1 failed, 3 skipped')
    expect(isSuccess(counts)).toBe(false)
  })

  it('accepts a complete run', () => {
    const counts = countTests({ testResults: complete }, 0, true)
    expect(countsLine(counts)).toBe('4 passed, 0 failed, 0 skipped')
    expect(isSuccess(counts)).toBe(true)
  })
})
