import { writtenAlphabet } from '../../../contract/written-code.ts'
import type { Verifier } from './verifier.ts'
import { verifyWrittenCode } from './written-code.ts'

/** How many codes a set has. */
export const recoveryCodeCount = 10

/** What the code at a position begins with: it names the one hash to compare with, and is no secret. */
export function positionLetter(position: number): string {
  return writtenAlphabet.charAt(position)
}

/** One of a set, good once. */
export const verifyRecoveryCode: Verifier<'recoveryCode'> = (deps, evidence, { code }, now) => {
  const found = writtenAlphabet.indexOf(code.charAt(0))
  const position = found >= 0 && found < recoveryCodeCount ? found : null
  return verifyWrittenCode(deps, evidence, { code, position }, now)
}
