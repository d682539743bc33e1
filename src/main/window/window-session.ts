import { readFile } from 'node:fs/promises'
import { type Session, session } from 'electron'
import { chooseAccount } from './choose-account.ts'
import { findBundleFile } from './local-bundle.ts'
import { securityHeaders } from './security-headers.ts'

/**
 * The session of the page: in memory, without network, without permissions.
 *
 * The page is served from the local bundle under the backend's own https origin, so that passkeys
 * made there are found here (WebAuthn: the RP ID must match the origin).
 *
 * @param origin - the backend's origin
 * @param folder - where the built page is
 * @param typedAccount - whose recovery it is, as typed
 */
export function createWindowSession(
  origin: string,
  folder: string,
  typedAccount: () => string,
): Session {
  // SECURITY: no `persist:` prefix, so nothing of the page is ever written to disk.
  const pageSession = session.fromPartition('latchkey-page', { cache: false })
  pageSession.protocol.handle('https', (request) => answer(request, origin, folder))
  denyNetwork(pageSession, origin, folder)
  denyPermissions(pageSession)
  pageSession.on('will-download', (event) => event.preventDefault())
  pageSession.setSpellCheckerEnabled(false)
  // Without an answer the browser would wait, or take the key's owner for nobody.
  pageSession.on('select-webauthn-account', (_event, { accounts }, choose) =>
    choose(chooseAccount(accounts, typedAccount())),
  )
  return pageSession
}

async function answer(request: Request, origin: string, folder: string): Promise<Response> {
  const file = request.method === 'GET' ? findBundleFile(folder, origin, request.url) : null
  const content = file && (await readFile(file.path).catch(() => null))
  // Not "not found", which would be an answer: for the page, there is nobody else in the world.
  if (file === null || content === null) return Response.error()
  const headers = { ...securityHeaders, 'Content-Type': file.contentType }
  return new Response(new Uint8Array(content), { headers })
}

/** SECURITY: `https` ends in `answer`; everything else that gets past the page's policy ends here. */
function denyNetwork(pageSession: Session, origin: string, folder: string): void {
  pageSession.webRequest.onBeforeRequest((details, callback) => {
    const isLocal =
      findBundleFile(folder, origin, details.url) !== null || /^(data|devtools):/.test(details.url)
    callback({ cancel: !isLocal })
  })
}

/** SECURITY: the page asks for nothing, so it is granted nothing. */
function denyPermissions(pageSession: Session): void {
  pageSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  pageSession.setPermissionCheckHandler(() => false)
  pageSession.setDevicePermissionHandler(() => false)
}
