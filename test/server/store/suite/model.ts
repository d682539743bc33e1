import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createModel } from '../model.ts'
import { anyOperation, apply, type Operation } from '../operations.ts'
import type { StoreUnderTest } from './engine.ts'

export function agreesWithModel(store: StoreUnderTest, runs: number): void {
  test('answers whatever is asked like the model', { timeout: 120_000 }, async () => {
    const operations = fc.array(anyOperation, { minLength: 20, maxLength: 60 })
    await fc.assert(
      fc
        .asyncProperty(operations, async (sequence) => {
          const model = createModel()
          const answers = []
          for (const operation of sequence) {
            answers.push(await answer(() => store.run(async (tx) => apply(tx, operation))))
          }
          expect(answers).toEqual(await modelAnswers(model, sequence))
        })
        .beforeEach(() => store.empty()),
      { numRuns: runs },
    )
  })
}

async function modelAnswers(model: object, sequence: Operation[]): Promise<unknown[]> {
  const answers = []
  for (const operation of sequence) answers.push(await answer(async () => apply(model, operation)))
  return answers
}

/** Why something cannot be recorded differs between engines; that it cannot, does not. */
async function answer(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask()
  } catch {
    return 'refused'
  }
}
