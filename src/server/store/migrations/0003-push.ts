import type { Migration, Words } from './migration.ts'

export const push: Migration = {
  version: 3,
  name: 'push',
  statements: ({ text, integer, bigint, tableOptions }: Words) => [
    `create table push_devices (
      method_id ${text} not null primary key references methods (id) on delete cascade,
      account_id ${text} not null,
      pairing ${text} unique,
      pairing_expires_at ${bigint} not null,
      number ${text},
      thumbprint ${text} unique,
      subscription ${text},
      created_at ${bigint} not null
    ) ${tableOptions}`,
    'create index push_devices_by_account on push_devices (account_id)',
    `create table push_requests (
      id ${text} not null primary key,
      subject ${text} not null,
      recovery_id ${text},
      offer_id ${text},
      account_id ${text},
      number ${text} not null,
      state ${text} not null,
      purpose ${text} not null,
      place ${text} not null,
      is_after_strong ${integer} not null check (is_after_strong in (0, 1)),
      created_at ${bigint} not null,
      expires_at ${bigint} not null
    ) ${tableOptions}`,
    'create index push_requests_by_subject on push_requests (subject, created_at)',
    'create index push_requests_by_account on push_requests (account_id, expires_at)',
    'create index push_requests_by_expiry on push_requests (expires_at)',
    `create table vapid_keys (
      id ${integer} not null primary key check (id = 1),
      public_key ${text} not null,
      private_key ${text} not null,
      created_at ${bigint} not null
    ) ${tableOptions}`,
  ],
}
