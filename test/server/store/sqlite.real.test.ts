import { describe } from 'vitest'
import { sqliteEngine } from './sqlite-engine.ts'
import { useStore } from './suite/engine.ts'
import { processes } from './suite/processes.ts'

describe('SQLite among processes', () => processes(useStore(sqliteEngine)))
