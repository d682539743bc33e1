import { defineConfig } from 'vitest/config'

const REAL = 'test/**/*.real.test.{ts,tsx}'
const E2E = 'test/**/*.e2e.test.{ts,tsx}'

/** Tests on real parts share one lab and one machine: one file at a time, in one process. */
const onRealParts = {
  fileParallelism: false,
  maxWorkers: 1,
  globalSetup: ['test/helpers/lab-setup.ts'],
  sequence: { groupOrder: 1 },
}

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
        },
      },
      {
        test: {
          ...onRealParts,
          name: 'real',
          include: [REAL],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...onRealParts,
          name: 'e2e',
          include: [E2E],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
