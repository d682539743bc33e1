import type { Migration } from './migration.ts'

/** Recovery codes and temporary passes: the codes themselves, hashed, and who asked for which pass. */
export const writtenCodes: Migration = {
  version: 4,
  name: 'written-codes',
  statements: ({ text, integer, bigint, tableOptions, keyedTableOptions }) => [
    `create table written_codes (
      method_id ${text} not null references methods (id) on delete cascade,
      position ${integer} not null check (position between 0 and 31),
      code_hash ${text} not null,
      expires_at ${bigint},
      spent_at ${bigint},
      primary key (method_id, position)
    ) ${keyedTableOptions}`,
    'create index written_codes_by_expiry on written_codes (expires_at)',
    `create table passes (
      id ${text} not null primary key,
      account_id ${text} not null,
      account_name ${text} not null,
      state ${text} not null,
      method_id ${text},
      reason ${text} not null,
      print_reason ${text},
      sent_by ${text},
      minutes ${integer} not null check (minutes > 0),
      issuer_id ${text} not null,
      issuer_name ${text} not null,
      issuer_login ${text} not null,
      approver_id ${text},
      approver_name ${text},
      created_at ${bigint} not null,
      expires_at ${bigint} not null
    ) ${tableOptions}`,
    'create index passes_by_account on passes (account_id)',
    'create index passes_by_expiry on passes (expires_at)',
  ],
}
