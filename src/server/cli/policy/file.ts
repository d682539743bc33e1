import { readFileSync } from 'node:fs'
import type { PolicyDocument } from '../../../contract/policy.ts'
import { type Checked, type Remark, readPolicy } from '../../domain/policy/check.ts'
import { complain } from '../terminal.ts'

/** Far more than any policy needs; it bounds a mistake. */
const longestFile = 4 * 1024 * 1024

/** Reads a policy from a file, or says everything that is wrong with it. */
export function policyFrom(path: string): PolicyDocument | null {
  const raw = readJson(path)
  if (raw === undefined) return null
  const read = readPolicy(raw)
  if (read.ok) return read.value
  complain(`${path} is no policy:`)
  sayRemarks(read.error)
  return null
}

function readJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    complain(`${path} ${code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`}.`)
    return undefined
  }
  if (text.length > longestFile) {
    complain(`${path} is longer than any policy.`)
    return undefined
  }
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const position = /position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0]
    complain(`${path} is not JSON${position ? ` (at ${position})` : ''}.`)
    return undefined
  }
}

/** Says what was found, on standard error. @returns whether it may be applied */
export function sayChecked({ problems, warnings }: Checked): boolean {
  if (problems.length > 0) {
    complain('This policy cannot be applied:')
    sayRemarks(problems)
  }
  if (warnings.length > 0) {
    complain('To be looked at:')
    sayRemarks(warnings)
  }
  return problems.length === 0
}

export function sayRemarks(remarks: readonly Remark[]): void {
  for (const { path, sentence } of remarks) {
    complain(path === '' ? `  ${sentence}` : `  ${path}: ${sentence}`)
  }
}
