import type { Language } from '../../ui/i18n.ts'
import type { StrengthWorker } from './strength-meter.ts'
import address from './strength-worker.ts?worker&url'

/** Not yet among TypeScript's own types of the DOM. */
type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

/**
 * SECURITY: the page's policy knows this name alone (`trusted-types` in security-headers.ts), and
 * nothing but the worker of our own bundle gets through it.
 */
const ourWorker = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy(
  'latchkey-strength-worker',
  {
    createScriptURL(url) {
      if (url !== address) throw new TypeError('Not the worker of this bundle')
      return url
    },
  },
)

/** @param language - of the warnings; the worker finds it in its name */
export function openStrengthWorker(language: Language): StrengthWorker {
  const trusted = ourWorker?.createScriptURL(address) ?? address
  return new Worker(trusted, { type: 'module', name: language })
}
