import { createHmac, randomBytes } from 'node:crypto'

/**
 * Passwords that were sent although nobody knows whether they were set. Whoever asks the domain
 * controller later learns that *a* password was set, but not which: with two in doubt, success would
 * be claimed for the wrong one.
 */
export type Doubts = {
  add(password: string): void
  /** Whether a password other than this one may be in place. */
  includeAnother(than: string): boolean
  include(password: string): boolean
  /** Something else is in place now, for certain. */
  clear(): void
}

/** The passwords themselves are not kept: only what tells them apart, under a key made for it. */
export function createDoubts(): Doubts {
  const key = randomBytes(32)
  const marks = new Set<string>()
  const markOf = (password: string) => createHmac('sha256', key).update(password).digest('base64')
  return {
    add: (password) => void marks.add(markOf(password)),
    includeAnother: (password) => [...marks].some((mark) => mark !== markOf(password)),
    include: (password) => marks.has(markOf(password)),
    clear: () => marks.clear(),
  }
}
