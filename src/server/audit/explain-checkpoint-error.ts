import { dirname } from 'node:path'

/**
 * What keeps a checkpoint file from being written, and the way out; null when it is not the file's
 * fault.
 *
 * @param path - the file
 */
export function explainCheckpointError(
  error: unknown,
  path: string,
): { readonly what: string; readonly wayOut: string } | null {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return null
  const what = `the checkpoint file ${path} cannot be written (${code})`
  return { what, wayOut: wayOut(code, path) }
}

function wayOut(code: string, path: string): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `Create the folder ${dirname(path)} for this user, or correct audit.checkpointFile.`
    case 'EISDIR':
      return 'Name a file, not a folder, in audit.checkpointFile.'
    case 'ENOSPC':
      return 'Free space on its disk.'
    default:
      return `Make ${path} and its folder writable for the account that runs latchkey-server.`
  }
}
