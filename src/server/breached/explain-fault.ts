import { BreachedListError } from './error.ts'

/**
 * What is wrong with a list, and with what to do about it, in a sentence.
 *
 * @returns null for anything that is a fault in the program
 */
export function explainListFault(error: unknown, path: string): string | null {
  if (error instanceof BreachedListError) return `${path} ${error.message}.`
  const { code } = error as NodeJS.ErrnoException
  const reason = code === undefined ? undefined : reasons[code]
  if (reason !== undefined) return `${path} ${reason}.`
  return code?.startsWith('E') === true ? `${path} cannot be used (${code}).` : null
}

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  EACCES: 'cannot be opened by this user: chown or chmod it, or its folder',
  EPERM: 'cannot be opened by this user: chown or chmod it, or its folder',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'cannot be there: a part of its path is a file',
  ENOSPC: 'does not fit: the disk is full',
  EDQUOT: 'does not fit: the quota is used up',
  EROFS: 'cannot be written: the file system is read-only',
  EIO: 'cannot be read: the disk reports an error',
  EFBIG: 'does not fit: files cannot become that large here',
}
