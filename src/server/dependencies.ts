export type { ServerDependencies } from './domain/dependencies.ts'
