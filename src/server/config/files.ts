import { X509Certificate } from 'node:crypto'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ConfigProblem } from './problem.ts'

/** Keys of the configuration that hold paths. */
const pathKey = /^(file|folder|breachedIndex)$|(File|Folder)$/
/** Written by the server, so they need not be there yet. */
const createdLater = new Set(['store.file', 'audit.checkpointFile', 'passwords.breachedIndex'])
const holdsCertificate = /(^|\.)(caFile|certFile)$/
const holdsSecret = /(^masterKeys\.\d+\.file|passwordFile|secretFile|keyFile)$/i

/** Makes every path absolute, relative to the folder of the configuration file. */
export function resolvePaths(tree: unknown, folder: string): unknown {
  if (Array.isArray(tree)) return tree.map((value) => resolvePaths(value, folder))
  if (typeof tree !== 'object' || tree === null) return tree
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' && value !== '' && pathKey.test(key)
        ? resolve(folder, value)
        : resolvePaths(value, folder),
    ]),
  )
}

/** Looks at every file that is named, whether or not the rest of the configuration is right. */
export function checkFiles(tree: unknown): { problems: ConfigProblem[]; warnings: string[] } {
  const problems: ConfigProblem[] = []
  const warnings: string[] = []
  for (const { path, file } of listFiles(tree, '')) {
    if (createdLater.has(path)) continue
    const problem = checkReadable(path, file)
    if (problem) problems.push(problem)
    else if (holdsSecret.test(path) && readableByOthers(file)) {
      warnings.push(`${path}: ${file} can be read by other users; run chmod 600 on it`)
    }
  }
  return { problems, warnings }
}

/** The usual reason: root made it, under umask 077, and the backend is not root. */
export const forTheAccount =
  'that the account which runs latchkey-server can read: chown or chmod it'

function listFiles(tree: unknown, path: string): { path: string; file: string }[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`
    const isPath = typeof value === 'string' && value !== '' && pathKey.test(key)
    return isPath ? [{ path: here, file: value }] : listFiles(value, here)
  })
}

function checkReadable(path: string, file: string): ConfigProblem | null {
  const wanted = path.endsWith('older') ? 'a folder' : 'a file'
  try {
    accessSync(file, constants.R_OK)
    const stats = statSync(file)
    const isWanted = wanted === 'a file' ? stats.isFile() : stats.isDirectory()
    if (!isWanted) return { path, reason: `${file} is not ${wanted}`, expected: wanted }
    return holdsCertificate.test(path) ? checkCertificate(path, file) : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      const expected = `${wanted} that this user can read`
      return { path, reason: `${file} does not exist`, expected }
    }
    const reason = `${file} cannot be read by this user`
    return { path, reason, expected: `${wanted} ${forTheAccount}` }
  }
}

/**
 * Node takes a file without any certificate for an empty list, and then trusts nobody. To it a file
 * in DER is one, although it can read one such certificate alone.
 */
function checkCertificate(path: string, file: string): ConfigProblem | null {
  const content = readFileSync(file)
  try {
    new X509Certificate(content)
    if (/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/.test(content.toString('latin1'))) return null
    const expected = `PEM: openssl x509 -inform der -in ${file} -out FILE.pem`
    return { path, reason: `${file} must be PEM, not DER`, expected }
  } catch {
    const reason = `${file} holds no certificate`
    return { path, reason, expected: 'PEM, with -----BEGIN CERTIFICATE-----' }
  }
}

function readableByOthers(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
}

/** The one secret that a file holds, without the line end that editors add. */
export function readSecretFile(file: string): string {
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
}
