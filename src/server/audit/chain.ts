import { sha256Hex } from '../../sealing/digest.ts'

/** What the first entry follows. */
export const genesisHash = '0'.repeat(64)

/** One entry as it is stored. `body` is RFC 8785 canonical JSON: `{"at":…,"event":…,"fields":{…}}`. */
export type AuditEntry = { readonly seq: number; readonly body: string; readonly hash: string }

/** The newest entry, as the store keeps it beside the entries. */
export type AuditHead = { readonly seq: number; readonly hash: string }

/**
 * SHA-256 over the entry together with its number and the hash before it. The text is canonical JSON
 * too, since `prev` and `seq` sort after `fields`. PostgreSQL computes the same in `audit_append`.
 */
export function entryHash(prev: string, seq: number, body: string): string {
  return sha256Hex(`${body.slice(0, -1)},"prev":"${prev}","seq":${seq}}`)
}

/** Links `bodies` to `head`, one after another. */
export function link(head: AuditHead, bodies: readonly string[]): AuditEntry[] {
  let { seq, hash } = head
  return bodies.map((body) => {
    seq += 1
    hash = entryHash(hash, seq, body)
    return { seq, body, hash }
  })
}
