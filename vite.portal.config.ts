import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const from = (path: string) => resolve(import.meta.dirname, path)

/** The portal's pages, served by the backend under /portal/. */
export default defineConfig({
  root: from('src/portal'),
  base: '/portal/',
  plugins: [react()],
  build: {
    outDir: from('out/portal'),
    emptyOutDir: true,
    target: ['chrome116', 'firefox121', 'safari17'],
    modulePreload: { polyfill: false },
    // SECURITY: nothing as `data:`, so that the content security policy need not allow it.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { input: from('src/portal/index.html') },
  },
})
