import { defineConfig } from 'vitest/config'

const REAL = 'test/**/*.real.test.{ts,tsx}'
const E2E = 'test/**/*.e2e.test.{ts,tsx}'
const ALONE = 'test/**/*.alone.{real,e2e}.test.{ts,tsx}'

/** Tests on real parts share one lab and keep to people, databases and folders of their own. */
const onRealParts = { globalSetup: ['test/helpers/lab-setup.ts'] }

/** Two files at a time: a walk waits more than it computes, and two cores carry no more. */
const sideBySide = { maxWorkers: 2, sequence: { groupOrder: 1 } }

/** What measures time, or looks at the processes of this machine, has the machine to itself. */
const alone = { fileParallelism: false, maxWorkers: 1, sequence: { groupOrder: 2 } }

const real = { ...onRealParts, testTimeout: 60_000, hookTimeout: 60_000 }
const e2e = { ...onRealParts, testTimeout: 120_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    // A test that is left out is a test that fails.
    allowOnly: false,
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [REAL, E2E],
          testTimeout: 10_000,
          // Left alone, vitest keeps one of two cores for itself.
          maxWorkers: 2,
        },
      },
      { test: { ...real, ...sideBySide, name: 'real', include: [REAL], exclude: [ALONE] } },
      { test: { ...e2e, ...sideBySide, name: 'e2e', include: [E2E], exclude: [ALONE] } },
      { test: { ...e2e, ...alone, name: 'alone', include: [ALONE] } },
    ],
  },
})
