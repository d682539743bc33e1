import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const from = (path: string) => resolve(import.meta.dirname, path)

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
    plugins: [react()],
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
