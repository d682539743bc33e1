import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'

/** What IT installs: the helper, and nothing of the backend or the portal. */
const configuration: Configuration = {
  appId: 'org.latchkey.helper',
  productName: 'Latchkey',
  copyright: 'Copyright © 2026 The Latchkey authors',
  directories: { output: 'dist', buildResources: 'build' },
  // Everything is bundled; the dependencies of package.json are the backend's.
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    '!**/node_modules/**',
  ],
  // They would be listed in the packaged manifest, where scanners take them for what is installed.
  extraMetadata: { dependencies: null, allowScripts: null },
  asar: true,
  npmRebuild: false,
  electronLanguages: ['en-US', 'de'],
  // SECURITY: what the executable must refuse, whoever starts it. These are bits in the binary, so no
  // environment variable and no switch brings them back. They do not cover --remote-debugging-port:
  // main refuses that and every other unknown switch itself. Electron compares the archive with its
  // hash on macOS and Windows only; on Linux it is root's file among root's files.
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  afterPack: async ({ appOutDir, packager }) => {
    // What a stock Electron runs when it finds no app has no place in a product.
    const folder = packager.getResourcesDir(appOutDir)
    for (const name of ['default_app.asar', 'default_app']) {
      await rm(join(folder, name), { recursive: true, force: true })
    }
  },
  linux: {
    executableName: 'latchkey',
    category: 'Utility',
    synopsis: 'Reset your own password',
    maintainer: 'The Latchkey authors',
    target: ['deb'],
  },
  win: { target: ['msi'] },
  msi: { perMachine: true, oneClick: true, runAfterFinish: false, createDesktopShortcut: false },
  mac: { target: ['dmg', 'pkg'], category: 'public.app-category.utilities', hardenedRuntime: true },
  publish: null,
}

export default configuration
