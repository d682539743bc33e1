import { sqliteEngine } from './sqlite-engine.ts'
import { storeSuite } from './store-suite.ts'

storeSuite(sqliteEngine)
