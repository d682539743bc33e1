/**
 * Lets an answer leave only at a multiple of `gridMs` after its request came in. What differs between
 * a stranger and an employee - a row found or not, a cipher run or not - takes a fraction of that, and
 * disappears in the rounding (P6).
 */
export async function onAnswerGrid<T>(gridMs: number, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  try {
    return await work()
  } finally {
    const elapsed = performance.now() - startedAt
    const leaveAt = Math.ceil(elapsed / gridMs) * gridMs
    await new Promise((resolve) => setTimeout(resolve, leaveAt - elapsed))
  }
}
