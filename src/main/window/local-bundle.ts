import { join } from 'node:path'

/** Where the page lives on the backend's origin. */
export const appPath = '/app/'

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['json', 'application/json'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['woff2', 'font/woff2'],
])

export type BundleFile = { readonly path: string; readonly contentType: string }

/**
 * Finds the file of the local bundle that answers a request of the page.
 *
 * SECURITY: a segment is plain letters, digits, `_`, `-` and single dots inside, so no spelling of
 * `..`, of a drive, of a second separator or of an encoded character can leave the folder.
 *
 * @param folder - where the built page is
 * @param origin - the only origin that is answered
 * @returns null for everything that is not a file of the bundle
 */
export function findBundleFile(folder: string, origin: string, url: string): BundleFile | null {
  const prefix = `${origin}${appPath}`
  if (!url.startsWith(prefix)) return null
  const rest = url.slice(prefix.length).replace(/[?#].*$/s, '')
  const segments = (rest === '' ? 'index.html' : rest).split('/')
  if (!segments.every((segment) => /^[\w-]+(\.[\w-]+)*$/.test(segment))) return null
  const extension = segments.at(-1)?.split('.').at(-1) ?? ''
  const contentType = contentTypes.get(extension)
  return contentType === undefined ? null : { path: join(folder, ...segments), contentType }
}
