import { readFileSync } from 'node:fs'
import { secretVariables } from './environment.ts'
import { readSecretFile } from './files.ts'
import type { ConfigProblem } from './problem.ts'
import type { ConfigFile } from './schema.ts'

export type ConfigSecrets = {
  readonly masterKeys: {
    readonly currentKeyId: string
    readonly keys: Readonly<Record<string, Uint8Array>>
  }
  readonly servicePassword: string
  readonly agentPassword: string
  readonly mailPassword: string | null
  readonly storePassword: string | null
  /** Twilio's token, or the key that the webhook's messages are signed with. */
  readonly smsSecret: string | null
}

/** The master key that new values are sealed under; `loadConfig` lets no configuration without one pass. */
export function currentMasterKey({ masterKeys }: ConfigSecrets): Uint8Array {
  const key = masterKeys.keys[masterKeys.currentKeyId]
  if (key === undefined) throw new TypeError('there is no current master key')
  return key
}

const keyExpected = '32 random bytes, e.g. from: openssl rand -base64 32'

/** Reads all secrets, from files or the environment; the configuration itself never holds one. */
export function readSecrets(
  config: ConfigFile,
  environment: NodeJS.ProcessEnv,
): { secrets: ConfigSecrets; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = []
  const password = (path: string, file: string | undefined, variable: string, must: boolean) => {
    const value = environment[variable] || (file === undefined ? null : readSecretFile(file))
    if (value) return value
    if (must || file !== undefined) {
      const expected = `a file with the password, or the variable ${variable}`
      problems.push({ path, reason: file === undefined ? 'is missing' : 'is empty', expected })
    }
    return null
  }
  const { serviceAccount, agentAccount } = config.directory
  const postgres = config.store.engine === 'postgres' ? config.store : undefined
  const overHttps = config.sms?.adapter === 'mail' ? undefined : config.sms
  const secrets = {
    masterKeys: readMasterKeys(config, environment, problems),
    servicePassword:
      password(
        'directory.serviceAccount.passwordFile',
        serviceAccount.passwordFile,
        secretVariables.servicePassword,
        true,
      ) ?? '',
    agentPassword:
      password(
        'directory.agentAccount.passwordFile',
        agentAccount.passwordFile,
        secretVariables.agentPassword,
        true,
      ) ?? '',
    mailPassword: password(
      'mail.passwordFile',
      config.mail.passwordFile,
      secretVariables.mailPassword,
      config.mail.user !== undefined,
    ),
    storePassword: password(
      'store.passwordFile',
      postgres?.passwordFile,
      secretVariables.storePassword,
      false,
    ),
    smsSecret: password(
      'sms.secretFile',
      overHttps?.secretFile,
      secretVariables.smsSecret,
      overHttps !== undefined,
    ),
  }
  return { secrets, problems }
}

function readMasterKeys(
  config: ConfigFile,
  environment: NodeJS.ProcessEnv,
  problems: ConfigProblem[],
): ConfigSecrets['masterKeys'] {
  const keys: Record<string, Uint8Array> = {}
  const add = (path: string, id: string, key: Uint8Array | null) => {
    if (key === null) problems.push({ path, reason: 'is not a key', expected: keyExpected })
    else if (id in keys) {
      problems.push({ path, reason: `the id ${id} is used twice`, expected: 'different ids' })
    } else keys[id] = key
  }
  const variable = environment[secretVariables.masterKey]
  if (variable) add(secretVariables.masterKey, 'environment', decodeKey(Buffer.from(variable)))
  config.masterKeys.forEach(({ id, file }, index) => {
    add(`masterKeys.${index}.file`, id, decodeKey(readFileSync(file)))
  })
  const currentKeyId = Object.keys(keys)[0] ?? ''
  if (currentKeyId === '' && problems.length === 0) {
    const expected = `a list of { "id", "file" }, or the variable ${secretVariables.masterKey}`
    problems.push({ path: 'masterKeys', reason: 'is missing', expected })
  }
  return { currentKeyId, keys }
}

/** 32 raw bytes, or their base64, base64url or hexadecimal form. */
function decodeKey(content: Buffer): Uint8Array | null {
  if (content.length === 32) return content
  const text = content.toString('latin1').trim()
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex')
  if (!/^[\w+/-]{43}=?$/.test(text)) return null
  return Buffer.from(text, 'base64')
}
