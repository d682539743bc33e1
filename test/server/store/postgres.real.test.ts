import { postgresEngine } from './postgres-engine.ts'
import { storeSuite } from './store-suite.ts'

storeSuite(postgresEngine)
