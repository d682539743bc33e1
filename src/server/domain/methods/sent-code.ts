import type { SentKind } from '../../../contract/method-kinds.ts'
import type { Evidence, Match, VerifierParts } from './verifier.ts'

/** A code that was sent by mail or to a telephone: good once, and only the newest one. */
export async function verifySentCode(
  { secrets }: VerifierParts,
  { challenge, decoy, wasReceived }: Evidence,
  { code }: { readonly kind: SentKind; readonly code: string },
): Promise<Match | null> {
  const codeHash = challenge?.codeHash ?? decoy.codeHash
  const matches = await secrets.verifyCode(codeHash, code)
  // SECURITY: a challenge without anybody to receive it is a decoy, and proves nothing when guessed.
  if (!matches || challenge === null || !wasReceived) return null
  return { spend: (tx, now) => tx.challenges.spend(challenge.subject, codeHash, now) }
}
