import { readFileSync } from 'node:fs'
import type { Limits, Settings } from '../domain/settings.ts'
import type { ConfigFile } from './schema.ts'

/** Answers leave at multiples of this many milliseconds, so that a hit looks like a miss. */
const answerGrid = 50

/** What the features need to know, from what the file says. */
export function settingsFrom(file: ConfigFile): Settings {
  const { caFile } = file.directory
  return {
    origin: file.server.origin,
    organisation: file.organisation,
    helpdesk: file.helpdesk,
    directoryCaPem: caFile === undefined ? null : readFileSync(caFile, 'utf8'),
    trustedProxies: file.server.trustedProxies,
    policy: { ...file.policy, methods: [...new Set(file.policy.methods)] },
    limits: limitsFrom(file),
  }
}

function limitsFrom({ limits }: ConfigFile): Limits {
  const { recoverySeconds, codeSeconds, failureWindowSeconds, ...others } = limits
  const { firstDelaySeconds, longestDelaySeconds, signInPauseSeconds, ...counts } = others
  return {
    ...counts,
    recoveryLifetime: recoverySeconds * 1000,
    codeLifetime: codeSeconds * 1000,
    failureWindow: failureWindowSeconds * 1000,
    firstDelay: firstDelaySeconds * 1000,
    longestDelay: longestDelaySeconds * 1000,
    signInPause: signInPauseSeconds * 1000,
    commitsInRecovery: 3,
    relaysInRecovery: 6,
    answerGrid,
  }
}
