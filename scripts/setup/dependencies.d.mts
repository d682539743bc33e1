export interface LockEntry {
  version?: string
  integrity?: string
  link?: boolean
  optional?: boolean
  devOptional?: boolean
  peer?: boolean
}
export interface LockFile {
  packages?: Record<string, LockEntry>
}
export function staleReason(wanted: LockFile, installed: LockFile | undefined): string | undefined
export function npmCommand(
  environment: Record<string, string | undefined>,
  nodePath: string,
  platform: string,
): { command: string; leading: string[]; shell: boolean }
export function parseArguments(args: string[]): { script: string; rest: string[] } | undefined
