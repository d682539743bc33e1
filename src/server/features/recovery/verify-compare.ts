import type { Proof } from '../../../contract/methods.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { Match } from '../../domain/methods/verifier.ts'
import { verifyProof } from '../../domain/methods/verify.ts'
import { isUsable } from './identify.ts'
import { receiversOf } from './receivers.ts'
import type { Attempt } from './verify-reserve.ts'

/** Compares what was shown with what the account has, or with a decoy where there is no account. */
export async function compareProof(
  deps: ServerDependencies,
  attempt: Attempt,
  proof: Proof,
): Promise<Match | null> {
  const { account, challenge, methods, recovery } = attempt
  const evidence = {
    owner: account,
    methods: methods.filter((method) => method.kind === proof.kind && isUsable(method)),
    challenge,
    wasReceived: receiversOf(deps, proof.kind, attempt).length > 0,
    decoy: deps.secrets.decoy(recovery.nameKey),
  }
  const match = await verifyProof(deps, evidence, proof, deps.now())
  return attempt.isBlockedSilently ? null : match
}
