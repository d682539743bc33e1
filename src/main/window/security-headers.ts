/**
 * SECURITY: the page gets its own files and nothing else. No connection of any kind, no frame, no
 * plug-in, no inline script or style; DOM sinks take no strings (Trusted Types). The only policy that
 * may be made lets one worker of the bundle start, see open-strength-worker.ts; a worker is given these
 * same headers, so it cannot connect to anything either.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types latchkey-strength-worker',
].join('; ')

const permissionsPolicy = [
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
  ...['camera', 'clipboard-read', 'display-capture', 'fullscreen', 'geolocation', 'hid'],
  ...['microphone', 'midi', 'payment', 'serial', 'usb', 'window-management'],
]
  .map((feature) => (feature.includes('=') ? feature : `${feature}=()`))
  .join(', ')

/**
 * The headers of every answer that the page gets. `Cross-Origin-Opener-Policy` is left out on purpose:
 * no window can open the page or be opened by it, and the header would make Chromium throw away the
 * process that it has already started for it, a tenth of a second before the first screen.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': permissionsPolicy,
  'Cache-Control': 'no-store',
}
