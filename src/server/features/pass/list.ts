import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { PassRecord, PassState } from '../../domain/ports/passes.ts'

const most = 100

/** What the helpdesk sees of a pass. There is no code in it: nobody has one to show. */
export type ListedPass = Omit<PassRecord, 'state'> & {
  /** `removed`: by its owner, in the portal. */
  readonly state: PassState | 'expired' | 'removed'
}

/** The newest passes, as they stand now. */
export async function listPasses({ store, now }: ServerDependencies): Promise<ListedPass[]> {
  return store.transaction(async (tx) => {
    const listed: ListedPass[] = []
    for (const pass of await tx.passes.list(most)) {
      const { state, methodId, expiresAt } = pass
      const isOpen = state === 'waiting' || state === 'issued'
      const isGone = methodId !== null && (await tx.methods.find(methodId)) === null
      if (isOpen && now() >= expiresAt) listed.push({ ...pass, state: 'expired' })
      else if (state === 'issued' && isGone) listed.push({ ...pass, state: 'removed' })
      else listed.push(pass)
    }
    return listed
  })
}
