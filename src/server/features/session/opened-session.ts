import type { SessionRecord } from '../../domain/ports/sessions.ts'

/** A session and the token that the browser gets for it; only its hash is stored. */
export type OpenedSession = { readonly token: string; readonly session: SessionRecord }
