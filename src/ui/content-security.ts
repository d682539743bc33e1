const reactAriaStyleId = 'react-aria-pressable-style'

/**
 * SECURITY: React Aria adds one inline style element on the first press handler, which `style-src
 * 'self'` refuses and reports. It does not when an element with that id is there already; the rule
 * itself is in styles/base.css. So the policy stays without any exception.
 */
export function reserveStyleElement(): void {
  if (typeof document === 'undefined' || document.getElementById(reactAriaStyleId)) return
  const placeholder = document.createElement('meta')
  placeholder.id = reactAriaStyleId
  document.head.append(placeholder)
}
