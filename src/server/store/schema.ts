import type { Kysely } from 'kysely'
import type { MethodKind, SentKind } from '../../contract/method-kinds.ts'
import type { PhonePurpose } from '../../contract/push.ts'
import type { Purpose, RecoveryState } from '../../contract/recovery.ts'
import type { PassState } from '../domain/ports/passes.ts'
import type { PushRequestState } from '../domain/ports/push-requests.ts'

/**
 * The tables, for both engines. Times are milliseconds since the epoch, truth values are 0 and 1,
 * structured values are JSON text.
 */
export type Schema = {
  recoveries: {
    id: string
    token_hash: string
    thumbprint: string
    sealed_name: string
    name_key: string
    purpose: Purpose
    state: RecoveryState
    required: number
    attempts: number
    resolved: number
    account: string | null
    /** JSON of a `KeptDecision`. */
    decision: string | null
    mode: 'direct' | 'relay' | 'unlock' | null
    controller: string | null
    sealing_key: string | null
    commits: number
    created_at: number
    expires_at: number
  }
  offers: {
    recovery_id: string
    position: number
    offer_id: string
    kind: MethodKind
    proven_at: number | null
  }
  challenges: { subject: string; code_hash: string; expires_at: number }
  spent: { kind: 'dpop' | 'relay'; identifier: string; expires_at: number }
  methods: {
    id: string
    account_id: string
    kind: MethodKind
    label: string
    secret: string
    created_at: number
    confirmed_at: number | null
    last_used_at: number | null
    last_step: number
    suspended_at: number | null
  }
  credentials: {
    credential_id: string
    method_id: string
    account_id: string
    public_key: string
    counter: number
    aaguid: string
    backup_eligible: number
    backed_up: number
    transports: string
    user_handle: string
  }
  written_codes: {
    method_id: string
    position: number
    code_hash: string
    expires_at: number | null
    spent_at: number | null
  }
  passes: {
    id: string
    account_id: string
    account_name: string
    state: PassState
    method_id: string | null
    reason: string
    print_reason: string | null
    sent_by: SentKind | null
    minutes: number
    issuer_id: string
    issuer_name: string
    issuer_login: string
    approver_id: string | null
    approver_name: string | null
    created_at: number
    expires_at: number
  }
  limits: {
    key: string
    window_start: number
    count: number
    consecutive: number
    blocked_until: number
    note: string
  }
  writes: {
    account_id: string
    recovery_id: string
    account_name: string
    controller: string
    step: 'intended' | 'set'
    usn_before: string
    pwd_last_set_before: number | null
    password_write: string | null
    started_at: number
    lease_until: number
  }
  sessions: {
    token_hash: string
    account_id: string
    dn: string
    account_name: string
    display_name: string
    mail: string | null
    created_at: number
    last_seen_at: number
    expires_at: number
    stepped_up_at: number | null
  }
  /** Append only. */
  policies: {
    version: number
    /** JSON of a `PolicyDocument`. */
    body: string
    author: string
    reason: string
    created_at: number
  }
  outbox: {
    id: string
    sealed: string | null
    created_at: number
    next_try_at: number
    tries: number
    expires_at: number
  }
  relay_keys: {
    key_id: string
    public_key: string
    private_key: string
    created_at: number
    retired_at: number | null
  }
  push_devices: {
    method_id: string
    account_id: string
    pairing: string | null
    pairing_expires_at: number
    number: string | null
    thumbprint: string | null
    subscription: string | null
    created_at: number
  }
  push_requests: {
    id: string
    subject: string
    recovery_id: string | null
    offer_id: string | null
    account_id: string | null
    number: string
    state: PushRequestState
    purpose: PhonePurpose
    place: string
    is_after_strong: number
    created_at: number
    expires_at: number
  }
  /** One row, id 1. */
  vapid_keys: { id: number; public_key: string; private_key: string; created_at: number }
  audit_entries: { seq: number; body: string; hash: string }
  /** One row, id 1. */
  audit_head: { id: number; seq: number; hash: string }
  /** One row, id 1: what a health check writes. */
  health: { id: number; beat: number }
  /** What each master key has sealed when it was first used. */
  key_checks: { key_id: string; sealed: string }
  migrations: { version: number; name: string }
}

export type Database = Kysely<Schema>

/** Kysely counts in bigint; all our counts are of rows. */
export function changedOne(result: { numUpdatedRows: bigint }): boolean {
  return result.numUpdatedRows === 1n
}
