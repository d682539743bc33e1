import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

/**
 * Unpacks the entries of a zip file for which `target` gives a path inside `folder`.
 *
 * @throws when the archive is damaged or an entry would land outside `folder`
 */
export async function unzip(
  archive: string,
  folder: string,
  target: (entryName: string) => string | undefined,
): Promise<void> {
  const zip = await openPromise(archive, { autoClose: false })
  try {
    for await (const entry of zip.eachEntry()) {
      const name = target(entry.fileName)
      if (name === undefined || entry.fileName.endsWith('/')) continue
      const path = normalize(join(folder, name))
      if (!path.startsWith(folder + sep)) throw new Error(`${archive}: ${entry.fileName} leaves it`)
      await mkdir(dirname(path), { recursive: true })
      const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { mode }))
    }
  } finally {
    zip.close()
  }
}
