import { PolicyDocument } from '../../../contract/policy.ts'
import type { Policy } from '../settings.ts'

/** What holds while no policy has been applied: what the configuration says, for everybody. */
export function defaultDocument({ minLength, methods, ...rule }: Policy): PolicyDocument {
  return PolicyDocument.parse({
    everyone: { ...rule, methods: [...methods], password: { minLength } },
  })
}
