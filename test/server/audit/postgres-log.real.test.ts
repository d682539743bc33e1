import { postgresEngine } from '../store/postgres-engine.ts'
import { auditSuite } from './audit-suite.ts'

auditSuite(postgresEngine)
