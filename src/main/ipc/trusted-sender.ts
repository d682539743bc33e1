import { appPath } from '../window/local-bundle.ts'

/** The little of Electron's event that says where a message comes from. */
export type Sender = {
  readonly sender: unknown
  readonly senderFrame: { readonly url: string } | null
}

export type PageWindow = { readonly contents: unknown; readonly mainFrame: unknown }

/**
 * SECURITY: only the main frame of our window counts, and only while it shows our page. A frame
 * inside it, another window, and a frame that is gone are all strangers.
 *
 * @param origin - the origin that the page is served under
 */
export function isTrustedSender(event: Sender, window: PageWindow, origin: string): boolean {
  const { sender, senderFrame } = event
  if (sender !== window.contents || senderFrame === null) return false
  if (senderFrame !== window.mainFrame || !URL.canParse(senderFrame.url)) return false
  const url = new URL(senderFrame.url)
  return url.origin === origin && url.pathname.startsWith(appPath)
}
