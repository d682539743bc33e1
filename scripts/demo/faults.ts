/**
 * What a failed demo says: the way out, where it is known.
 *
 * @param error - whatever was thrown
 */
export function faultSentence(error: unknown): string {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  const text = message ?? String(error)
  if (code === 'ENOSPC' || /no space left|disk.*full/i.test(text)) {
    return `${noSpace}\n\n${text}`
  }
  return text
}

export const noSpace = `No space is left on a disk. In all, the demo needs 2 GB: packages in this folder, Electron and
Node in ~/.cache/latchkey (XDG_CACHE_HOME names another place), and what it writes while it runs in
/tmp (TMPDIR names another place).`
