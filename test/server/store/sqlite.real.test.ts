import { describe } from 'vitest'
import { sqliteEngine } from './sqlite-engine.ts'
import { openForTests } from './suite/engine.ts'
import { processes } from './suite/processes.ts'

describe('SQLite among processes', () => processes(openForTests(sqliteEngine)))
