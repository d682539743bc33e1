/**
 * Active Directory over LDAPS: find an account, read what decides about it, write its password.
 *
 * Used by the backend (as the service account) and by the workstation helper (as the agent account),
 * and the only place that knows LDAP.
 */
export { type AccountFacts, mailAddressesAmong, readAccountFacts } from './account-facts.ts'
export { type BindAsUserOptions, bindAsUser } from './bind-as-user.ts'
export {
  type BindIdentity,
  type ConnectOptions,
  type DirectoryConnection,
  openDirectory,
} from './connection.ts'
export type { PoolOptions, PoolState } from './controller-pool.ts'
export { type DelegatedRights, readDelegatedRights } from './delegated-rights.ts'
export { discoverControllers, type SrvResolver } from './discover.ts'
export { type DomainFacts, readDomain } from './domain.ts'
export {
  type DirectoryError,
  type DirectoryErrorCode,
  directorySentences,
  type SignInRestriction,
} from './errors.ts'
export { explainRefusal, type RefusedCandidate } from './explain-refusal.ts'
export { type FindOptions, type FoundUser, findUser } from './find-user.ts'
export { nameByGuid } from './guid.ts'
export { type ListedUser, listUsers } from './list-users.ts'
export {
  type Memberships,
  membershipAttributes,
  membershipsOf,
} from './memberships.ts'
export { nameBySid, namesOf } from './names-of.ts'
export { type PasswordRules, readPasswordRules } from './password-rules.ts'
export { createDirectoryPool, type DirectoryPool, type UsePoolOptions } from './pool.ts'
export { type DomainController, probeController, type TlsOptions } from './tls.ts'
export {
  changePassword,
  type PasswordState,
  readPasswordState,
  setTemporaryPassword,
  unlock,
} from './write-password.ts'
