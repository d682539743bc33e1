// The product's backend without its answer grid, which keeps one client waiting on purpose. For the
// bench alone: production has no such switch.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildApp } from '../../../src/server/app.ts'
import { startBackground } from '../../../src/server/background.ts'
import { loadConfig } from '../../../src/server/config/load.ts'
import { createLog } from '../../../src/server/log.ts'
import { openParts } from '../../../src/server/open-parts.ts'

const [configFile = '', port = '', work = 'all'] = process.argv.slice(2)
const loaded = loadConfig(configFile, {})
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error))
const { tls } = loaded.value.file.server
if (tls === undefined) throw new Error('the bench speaks HTTPS')
const log = createLog()
const parts = await openParts(loaded.value, log)
const { settings } = parts.dependencies
const limits = { ...settings.limits, answerGrid: 1 }
const app = await buildApp(
  { ...parts.dependencies, settings: { ...settings, limits } },
  {
    version: 'bench',
    tls: { cert: readFileSync(tls.certFile, 'utf8'), key: readFileSync(tls.keyFile, 'utf8') },
    trustedProxies: [],
    portalFolder: resolve('out/portal'),
    onRequest: log.request,
  },
)
await app.listen({ host: '127.0.0.1', port: Number(port) })
if (work === 'all') startBackground(parts)
console.log('gridless, listening')
