import { PolicyDocument } from '../../../contract/policy.ts'
import type { Policy } from '../settings.ts'

/** What holds while no policy has been applied: what the configuration says, for everybody. */
export function defaultDocument(policy: Policy): PolicyDocument {
  const { minLength, bannedWords, breached, methods, ...rule } = policy
  return PolicyDocument.parse({
    everyone: {
      ...rule,
      methods: [...methods],
      password: { minLength, bannedWords: [...bannedWords], breached },
    },
  })
}
