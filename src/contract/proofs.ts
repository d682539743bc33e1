import { type MethodKind, methodStrength } from './method-kinds.ts'

/** What has to be proven, and by what. Types alone, so that a page can count without the schemas. */
export type Asked = {
  /** The kinds that count, the hardest to steal first. */
  readonly methods: readonly MethodKind[]
  readonly required: number
  readonly strength: 'strong' | 'phishing-resistant'
  readonly passkeyCountsAsTwo: boolean
}

/**
 * How many more methods have to be proven. NIST SP 800-63B-4 §4.2.2: different ones; a weak one never
 * stands in for the strong one that is always asked for, whatever `required` says.
 *
 * @param proven - kinds of the methods proven so far, in any order; repetitions count once, and what
 *   the person may not use counts as nothing
 * @param asked - what the policy asks of the person
 */
export function remainingProofs(proven: readonly MethodKind[], asked: Asked): number {
  const kinds = new Set(proven.filter((kind) => asked.methods.includes(kind)))
  // With user verification a passkey is something one has and something one knows or is.
  const bonus = asked.passkeyCountsAsTwo && kinds.has('passkey') ? 1 : 0
  const missing = Math.max(0, asked.required - kinds.size - bonus)
  return reaches(kinds, asked.strength) ? missing : Math.max(1, missing)
}

/** Whether proving this kind as well would bring somebody closer. */
export function wouldHelp(kind: MethodKind, proven: readonly MethodKind[], asked: Asked): boolean {
  return remainingProofs([...proven, kind], asked) < remainingProofs(proven, asked)
}

/**
 * Whether a method that can prove something opens changes to its owner's methods. What the policy does
 * not allow counts for nothing. While there is a strong one, a weak one does not: else a password and a
 * mailbox would put another's app in its place. Where a method has to resist phishing and the owner has
 * one that can prove it, no other does.
 *
 * SECURITY: a strong method counts here also while it is suspended, since strangers can bring that about.
 * What is left to whoever has no other strong one is a pass from the helpdesk, which is also the way out
 * for whoever has lost the only method that resists phishing.
 *
 * @param usable - kinds that can prove something now
 * @param confirmed - those, and the suspended ones
 */
export function opensChanges(
  kind: MethodKind,
  own: { readonly usable: readonly MethodKind[]; readonly confirmed: readonly MethodKind[] },
  { methods, strength }: Pick<Asked, 'methods' | 'strength'>,
): boolean {
  if (!methods.includes(kind)) return false
  const counting = (kinds: readonly MethodKind[]) => kinds.filter((one) => methods.includes(one))
  if (strength === 'phishing-resistant' && reaches(counting(own.usable), strength)) {
    return reaches([kind], strength) || kind === 'temporaryPass'
  }
  return reaches([kind], 'strong') || !reaches(counting(own.confirmed), 'strong')
}

/** Whether one of these kinds is as hard to steal as is asked. */
export function reaches(kinds: Iterable<MethodKind>, strength: Asked['strength']): boolean {
  for (const kind of kinds) {
    const own = methodStrength[kind]
    if (own === 'phishing-resistant' || own === strength) return true
  }
  return false
}
