import type { Migration, Words } from './migration.ts'

export const first: Migration = {
  version: 1,
  name: 'first',
  statements: (words) => [
    ...recoveries(words),
    ...methods(words),
    ...writes(words),
    ...sessions(words),
    ...outbox(words),
    ...audit(words),
  ],
}

function recoveries({ text, integer, bigint, tableOptions, keyedTableOptions }: Words): string[] {
  return [
    `create table recoveries (
      id ${text} not null primary key,
      token_hash ${text} not null,
      thumbprint ${text} not null,
      sealed_name ${text} not null,
      name_key ${text} not null,
      purpose ${text} not null,
      state ${text} not null,
      required ${integer} not null,
      attempts ${integer} not null check (attempts >= 0),
      resolved ${integer} not null check (resolved in (0, 1)),
      account ${text},
      mode ${text},
      controller ${text},
      sealing_key ${text},
      commits ${integer} not null,
      created_at ${bigint} not null,
      expires_at ${bigint} not null
    ) ${tableOptions}`,
    'create index recoveries_by_state on recoveries (state, expires_at)',
    `create table offers (
      recovery_id ${text} not null references recoveries (id) on delete cascade,
      position ${integer} not null,
      offer_id ${text} not null,
      kind ${text} not null,
      proven_at ${bigint},
      primary key (recovery_id, offer_id)
    ) ${keyedTableOptions}`,
    `create table challenges (
      subject ${text} not null primary key,
      code_hash ${text} not null,
      expires_at ${bigint} not null
    ) ${keyedTableOptions}`,
    'create index challenges_by_expiry on challenges (expires_at)',
    `create table spent (
      kind ${text} not null,
      identifier ${text} not null,
      expires_at ${bigint} not null,
      primary key (kind, identifier)
    ) ${keyedTableOptions}`,
    'create index spent_by_expiry on spent (expires_at)',
    `create table limits (
      key ${text} not null primary key,
      window_start ${bigint} not null,
      count ${integer} not null,
      consecutive ${integer} not null,
      blocked_until ${bigint} not null,
      note ${text} not null
    ) ${keyedTableOptions}`,
    'create index limits_by_window on limits (window_start)',
  ]
}

function methods({ text, bigint, tableOptions }: Words): string[] {
  return [
    `create table methods (
      id ${text} not null primary key,
      account_id ${text} not null,
      kind ${text} not null,
      label ${text} not null,
      secret ${text} not null,
      created_at ${bigint} not null,
      confirmed_at ${bigint},
      last_used_at ${bigint},
      last_step ${bigint} not null,
      suspended_at ${bigint}
    ) ${tableOptions}`,
    'create index methods_by_account on methods (account_id)',
  ]
}

function writes({ text, bigint, tableOptions }: Words): string[] {
  return [
    // The primary key is the promise: at most one open write for each account.
    `create table writes (
      account_id ${text} not null primary key,
      recovery_id ${text} not null,
      account_name ${text} not null,
      controller ${text} not null,
      step ${text} not null,
      usn_before ${text} not null,
      pwd_last_set_before ${bigint},
      password_write ${text},
      started_at ${bigint} not null,
      lease_until ${bigint} not null
    ) ${tableOptions}`,
    'create index writes_by_lease on writes (lease_until)',
  ]
}

function sessions({ text, bigint, tableOptions }: Words): string[] {
  return [
    `create table sessions (
      token_hash ${text} not null primary key,
      account_id ${text} not null,
      dn ${text} not null,
      account_name ${text} not null,
      display_name ${text} not null,
      mail ${text},
      created_at ${bigint} not null,
      last_seen_at ${bigint} not null,
      expires_at ${bigint} not null,
      stepped_up_at ${bigint}
    ) ${tableOptions}`,
    'create index sessions_by_expiry on sessions (expires_at)',
    'create index sessions_by_account on sessions (account_id)',
  ]
}

function outbox({ text, integer, bigint, tableOptions }: Words): string[] {
  return [
    `create table outbox (
      id ${text} not null primary key,
      sealed ${text},
      created_at ${bigint} not null,
      next_try_at ${bigint} not null,
      tries ${integer} not null,
      expires_at ${bigint} not null
    ) ${tableOptions}`,
    'create index outbox_by_next_try on outbox (next_try_at)',
    `create table relay_keys (
      key_id ${text} not null primary key,
      public_key ${text} not null,
      private_key ${text} not null,
      created_at ${bigint} not null,
      retired_at ${bigint}
    ) ${tableOptions}`,
    `create table key_checks (
      key_id ${text} not null primary key,
      sealed ${text} not null
    ) ${tableOptions}`,
    `create table health (
      id ${integer} not null primary key check (id = 1),
      beat ${bigint} not null
    ) ${tableOptions}`,
    'insert into health (id, beat) values (1, 0)',
  ]
}

function audit({ engine, text, integer, bigint, tableOptions }: Words): string[] {
  return [
    `create table audit_entries (
      seq ${bigint} not null primary key,
      body ${text} not null,
      hash ${text} not null
    ) ${tableOptions}`,
    `create table audit_head (
      id ${integer} not null primary key check (id = 1),
      seq ${bigint} not null,
      hash ${text} not null
    ) ${tableOptions}`,
    `insert into audit_head (id, seq, hash) values (1, 0, '${'0'.repeat(64)}')`,
    ...(engine === 'postgresql' ? [appendFunction] : []),
  ]
}

/**
 * Links entries to the chain inside the server, as `src/server/audit/chain.ts` does it for SQLite.
 * Every transaction waits here for the one before it, so the lock is taken by the last statement
 * before the commit, and no network round trip happens under it. `relaxed`: see `flush.ts`.
 */
const appendFunction = `
  create function audit_append(bodies text[], relaxed boolean) returns void
  language plpgsql as $$
  declare
    head audit_head%rowtype;
    body text;
  begin
    if relaxed then
      perform set_config('synchronous_commit', 'off', true);
    end if;
    -- The row's lock would do, but many who wait for one row wake one another up in vain.
    perform pg_advisory_xact_lock(19563, 'audit_head'::regclass::oid::integer);
    select * into strict head from audit_head where id = 1 for update;
    foreach body in array bodies loop
      head.seq := head.seq + 1;
      head.hash := encode(sha256(convert_to(
        left(body, -1) || ',"prev":"' || head.hash || '","seq":' || head.seq || '}', 'UTF8'
      )), 'hex');
      insert into audit_entries (seq, body, hash) values (head.seq, body, head.hash);
    end loop;
    update audit_head set seq = head.seq, hash = head.hash where id = 1;
  end $$`
