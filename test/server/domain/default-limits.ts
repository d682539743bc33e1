import type { Limits } from '../../../src/server/domain/settings.ts'

const minute = 60_000

/** The numbers that hold when a configuration says nothing. */
export const limits: Limits = {
  recoveryLifetime: 10 * minute,
  codeLifetime: 10 * minute,
  attemptsInRecovery: 5,
  failures: 10,
  failureWindow: 15 * minute,
  firstDelay: 30_000,
  longestDelay: 60 * minute,
  failuresInRow: 100,
  codesInRecovery: 3,
  codesForAccount: 6,
  codesForMailbox: 6,
  codesFromAddress: 60,
  codesInAll: 5000,
  smsForAccount: 6,
  smsForNumber: 6,
  smsFromAddress: 30,
  smsInAll: 1000,
  smsToPrefix: 500,
  smsInDay: 2000,
  commitsInRecovery: 3,
  relaysInRecovery: 6,
  answerGrid: 50,
  requestsFromAddress: 300,
  signInTries: 3,
  signInPause: 30 * minute,
}
