import { sqliteEngine } from '../store/sqlite-engine.ts'
import { auditSuite } from './audit-suite.ts'

auditSuite(sqliteEngine)
