import type { Migration } from './migration.ts'

/** The versions of the policy, and what it has decided for the person of each recovery. */
export const policies: Migration = {
  version: 5,
  name: 'policies',
  statements: ({ text, integer, bigint, tableOptions }) => [
    `create table policies (
      version ${integer} not null primary key,
      body ${text} not null,
      author ${text} not null,
      reason ${text} not null,
      created_at ${bigint} not null
    ) ${tableOptions}`,
    `alter table recoveries add column decision ${text}`,
  ],
}
