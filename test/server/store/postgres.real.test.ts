import { describe } from 'vitest'
import { postgresEngine } from './postgres-engine.ts'
import { storeSuite } from './store-suite.ts'
import { openForTests } from './suite/engine.ts'
import { processes } from './suite/processes.ts'

storeSuite(postgresEngine)
describe('PostgreSQL among processes', () => processes(openForTests(postgresEngine)))
