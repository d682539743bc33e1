/** How long a challenge may be answered, and a browser waits for an authenticator (milliseconds). */
export const webAuthnLifetimeMs = 5 * 60_000
