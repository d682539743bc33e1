import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const from = (path: string) => resolve(import.meta.dirname, path)

/**
 * React Aria looks for the browser's own language as it is loaded. That the language is one of ICU's
 * takes ICU a search through all of them, 8 ms before the first screen; and nobody asks for it, since
 * `LanguageProvider` always names the language. Only the search is left out.
 */
const withoutLocaleSearch: Plugin = {
  name: 'without-locale-search',
  transform(code, id) {
    if (!id.endsWith('/i18n/useDefaultLocale.mjs')) return null
    const shorter = code.replace(
      /Intl\.DateTimeFormat\.supportedLocalesOf\(\[\s*locale\s*\]\);?/,
      '',
    )
    if (shorter === code) this.warn('React Aria looks for the language in another way now.')
    return { code: shorter, map: null }
  },
}

/** The helper: everything it needs is bundled, so that nothing of node_modules is packaged. */
export default defineConfig({
  main: {
    build: {
      outDir: from('out/main'),
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: { main: from('src/main/main.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: from('out/preload'),
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: { preload: from('src/preload/preload.ts') },
        // SECURITY: a sandboxed preload script is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: from('src/renderer'),
    base: './',
    plugins: [react(), withoutLocaleSearch],
    build: {
      outDir: from('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The oldest Chromium that this is run in; the packaged one is newer.
      target: 'chrome130',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: from('src/renderer/index.html') },
    },
  },
})
