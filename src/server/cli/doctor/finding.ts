/** One line of the report: what was looked at, how it is, and what to do about it. */
export type Finding = {
  readonly check: string
  readonly verdict: 'ok' | 'warning' | 'failed'
  readonly detail: string
  /** Only when something is to be done. */
  readonly fix?: string
}

/** Nothing is to be done. */
export function fine(check: string, detail: string): Finding {
  return { check, verdict: 'ok', detail }
}

/** Works, or cannot be told; somebody should look. @param fix - what to do, one sentence */
export function warning(check: string, detail: string, fix: string): Finding {
  return { check, verdict: 'warning', detail, fix }
}

/** Would keep people from recovering. @param fix - what to do, one sentence */
export function failed(check: string, detail: string, fix: string): Finding {
  return { check, verdict: 'failed', detail, fix }
}
