import { type MethodKind, methodKinds } from '../../../contract/method-kinds.ts'
import type { PolicyDocument } from '../../../contract/policy.ts'
import type { Asked } from '../../../contract/proofs.ts'
import { type Decision, decide, type Person } from './decide.ts'

/** What a recovery keeps of the decision about its person: what proofs count, and how many. */
export type KeptDecision = Asked &
  Pick<Decision, 'allowDirectoryMailbox' | 'allowDirectoryPhone'> & {
    /** The version that it was made by, and the rule. */
    readonly version: number
    readonly rule: string
  }

/** Decides about somebody, for the time of one recovery. What cannot be taken back is decided anew. */
export function keepDecision(
  { version, document }: { readonly version: number; readonly document: PolicyDocument },
  person: Person,
): KeptDecision {
  const decision = decide(document, person)
  const { methods, required, strength, passkeyCountsAsTwo } = decision
  const { allowDirectoryMailbox, allowDirectoryPhone } = decision
  return {
    ...{ version, rule: decision.rule.id, methods, required, strength, passkeyCountsAsTwo },
    ...{ allowDirectoryMailbox, allowDirectoryPhone },
  }
}

/** Whether a kind may prove anything for somebody. Nothing may while nothing was decided. */
export function mayUse(
  owner: { readonly decision?: KeptDecision } | null,
  kind: MethodKind,
): boolean {
  return owner?.decision?.methods.includes(kind) === true
}

/**
 * What everybody is offered who begins, stranger or not: whatever any rule allows that is switched on,
 * the hardest to steal first, and as many as are asked of whoever no other rule is for (P6).
 */
export function offeredToAll({ everyone, rules }: PolicyDocument): {
  readonly kinds: readonly MethodKind[]
  readonly required: number
} {
  const enabled = [everyone, ...rules].filter(({ enabled }) => enabled)
  const kinds = methodKinds.filter((kind) => enabled.some(({ methods }) => methods.includes(kind)))
  return { kinds, required: everyone.required }
}
