import type { SambaTools } from './samba-tool.ts'

/** The domain's rules, or those of a fine-grained policy (PSO). What is left out stays as it is. */
export type PasswordPolicy = {
  minLength?: number
  complexity?: boolean
  historyLength?: number
  minAgeDays?: number
  maxAgeDays?: number
  /** Failed sign-ins before the account is locked; 0 never locks. */
  lockoutThreshold?: number
  lockoutMinutes?: number
}

export type PasswordSettings = {
  setPolicy: (policy: PasswordPolicy) => Promise<void>
  /** A fine-grained policy for the named users and groups; the lowest precedence wins. */
  createPso: (
    name: string,
    precedence: number,
    policy: PasswordPolicy,
    appliesTo: string[],
  ) => Promise<void>
  deletePso: (name: string) => Promise<void>
}

export function passwordSettings({ samba }: Pick<SambaTools, 'samba'>): PasswordSettings {
  const settings = (args: string[]) => samba(['domain', 'passwordsettings', ...args])
  return {
    setPolicy: async (policy) => {
      await settings(['set', ...policyOptions(policy)])
    },
    createPso: async (name, precedence, policy, appliesTo) => {
      await settings(['pso', 'create', name, String(precedence), ...policyOptions(policy)])
      for (const account of appliesTo) {
        await settings(['pso', 'apply', name, account])
      }
    },
    deletePso: async (name) => {
      await settings(['pso', 'delete', name])
    },
  }
}

function policyOptions(policy: PasswordPolicy): string[] {
  const minutes = policy.lockoutMinutes
  const given = {
    '--min-pwd-length': policy.minLength,
    '--complexity': policy.complexity === undefined ? undefined : policy.complexity ? 'on' : 'off',
    '--history-length': policy.historyLength,
    '--min-pwd-age': policy.minAgeDays,
    '--max-pwd-age': policy.maxAgeDays,
    '--account-lockout-threshold': policy.lockoutThreshold,
    '--account-lockout-duration': minutes,
    '--reset-account-lockout-after': minutes,
  }
  return Object.entries(given).flatMap(([option, value]) =>
    value === undefined ? [] : [`${option}=${value}`],
  )
}
