import canonicalize from 'canonicalize'
import type { AuditEvent } from '../domain/audit-events.ts'
import { eventFields, type FieldKind } from './event-fields.ts'

const longestText = 256
const word = /^[\w.:+-]{1,255}$/
const mostWords = 32

/**
 * Checks an event against the allow-list and gives its canonical JSON (RFC 8785).
 *
 * @throws when the event or a field is not on the list, is missing or of the wrong kind: that is a
 * fault in the program, and nothing may be written. The message names the field, never its value
 */
export function encodeEvent({ event, at, fields }: AuditEvent): string {
  if (!Object.hasOwn(eventFields, event)) throw new TypeError('this audit event is not known')
  if (!Number.isSafeInteger(at)) throw new TypeError(`${event}: the time is not a whole number`)
  const kinds: Record<string, FieldKind> = eventFields[event]
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(kinds, name))
  if (unknown !== undefined) throw new TypeError(`${event} has no field ${unknown}`)
  const checked = Object.entries(kinds).map(([name, kind]) => {
    const value = checkField(kind, (fields as Record<string, unknown>)[name])
    if (value === undefined) throw new TypeError(`${event}: the field ${name} is not a ${kind}`)
    return [name, value] as const
  })
  const body = canonicalize({ at, event, fields: Object.fromEntries(checked) })
  if (body === undefined) throw new TypeError(`${event} cannot be written as JSON`)
  return body
}

/** The value as it will be written, or undefined when it is not of its kind. */
function checkField(kind: FieldKind, value: unknown): unknown {
  switch (kind) {
    case 'word?':
      return value === null ? null : checkField('word', value)
    case 'word':
      return typeof value === 'string' && word.test(value) ? value : undefined
    case 'text':
      return typeof value === 'string' ? recordable(value) : undefined
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? value : undefined
    case 'words': {
      if (!Array.isArray(value) || value.length > mostWords) return undefined
      return value.every((item) => checkField('word', item) !== undefined) ? value : undefined
    }
  }
}

/**
 * Strangers choose these texts, so whatever they are, the event is recorded: what is too long is cut,
 * and half a surrogate pair, which RFC 8785 §3.2.2.2 forbids, becomes U+FFFD.
 */
function recordable(text: string): string {
  const cut = text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text
  return cut.replace(/\p{Surrogate}/gu, '\uFFFD')
}
