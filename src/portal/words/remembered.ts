const key = 'latchkey.language'

/** The language that was chosen here before, if the browser lets us know. */
export function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps the choice for the next visit, where the browser allows it. */
export function rememberLanguage(language: string): void {
  try {
    localStorage.setItem(key, language)
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}
