import type { Migration } from './migration.ts'

/** What authenticators have registered (WebAuthn L3 §4, "credential record"). */
export const credentials: Migration = {
  version: 2,
  name: 'credentials',
  statements: ({ text, integer, bigint, tableOptions }) => [
    `create table credentials (
      credential_id ${text} not null primary key,
      method_id ${text} not null unique references methods (id) on delete cascade,
      account_id ${text} not null,
      public_key ${text} not null,
      counter ${bigint} not null check (counter >= 0),
      aaguid ${text} not null,
      backup_eligible ${integer} not null check (backup_eligible in (0, 1)),
      backed_up ${integer} not null check (backed_up in (0, 1)),
      transports ${text} not null,
      user_handle ${text} not null
    ) ${tableOptions}`,
    'create index credentials_by_account on credentials (account_id)',
  ],
}
