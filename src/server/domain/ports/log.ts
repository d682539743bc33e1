/** The only fields that a log line can carry: no bodies, headers, names, codes or passwords. */
export type LogFields = {
  readonly event: string
  /** Detail for the operator, made by our own adapters. Never a secret. */
  readonly detail?: string
  readonly code?: string
  readonly recoveryId?: string
  readonly controller?: string
  readonly requestId?: string
  readonly count?: number
  readonly durationMs?: number
}

export interface Log {
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}
