import type { DomainController } from '../../directory/index.ts'

export type ActiveDirectoryOptions = {
  readonly domain: string
  readonly netbiosName: string
  readonly baseDn: string
  /** Left out: found in DNS. */
  readonly controllers: readonly DomainController[] | null
  readonly caPem: readonly string[] | undefined
  readonly serviceAccount: { readonly name: string; readonly password: string }
  readonly agentAccount: { readonly name: string; readonly password: string }
  readonly enabledOus: readonly string[]
  readonly connectTimeoutMs: number
  readonly operationTimeoutMs: number
  readonly now: () => number
}

/** `corp.example.com` is `DC=corp,DC=example,DC=com` ([MS-ADTS] 3.1.1.1.5; RFC 2247). */
export function baseDnOf(domain: string): string {
  return domain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',')
}
