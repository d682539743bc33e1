/** One line of the report: what was looked at, how it is, and what to do about it. */
export type Finding = {
  readonly check: string
  readonly verdict: 'ok' | 'warning' | 'failed'
  readonly detail: string
  /** Only when something is to be done. */
  readonly fix?: string
}

export function fine(check: string, detail: string): Finding {
  return { check, verdict: 'ok', detail }
}

export function warning(check: string, detail: string, fix: string): Finding {
  return { check, verdict: 'warning', detail, fix }
}

export function failed(check: string, detail: string, fix: string): Finding {
  return { check, verdict: 'failed', detail, fix }
}
