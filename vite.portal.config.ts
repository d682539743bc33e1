import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const from = (path: string) => resolve(import.meta.dirname, path)

/** Its address decides what it may watch over, so it keeps its name and stands beside its page. */
const worker = 'phone-app/service-worker'

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
    rolldownOptions: {
      input: {
        portal: from('src/portal/index.html'),
        phone: from('src/portal/phone-app/index.html'),
        [worker]: from(`src/portal/${worker}.ts`),
      },
      output: {
        entryFileNames: ({ name }) => (name === worker ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
