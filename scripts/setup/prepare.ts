import { existsSync } from 'node:fs'
import { type DebianPart, ensureDebianPackages } from './debian-packages.ts'
import { electronSentence, ensureElectron } from './electron-runtime.ts'

/**
 * Brings everything onto the machine that the given parts need, and says in a line what is used.
 *
 * @throws with a sentence for people, when something cannot be had
 */
export async function prepare(parts: readonly DebianPart[]): Promise<void> {
  // Elsewhere Electron's libraries come in other packages, or with the system: starting it tells.
  const fromDebian = existsSync('/usr/bin/dpkg-query')
    ? parts
    : parts.filter((part) => part !== 'electron')
  const packages = await ensureDebianPackages(fromDebian)
  if (!packages.ok) throw new Error(packages.error.sentence)
  if (parts.includes('electron')) console.log(electronSentence(await ensureElectron()))
}
