import type { PasswordPolicy, PolicyDocument } from '../../../contract/policy.ts'

const strictness = ['refuse', 'warn', 'off'] as const

/** The strictest that any rule says of leaked passwords: whether their list has to be there. */
export function strictestBreachedRule({
  everyone,
  rules,
}: PolicyDocument): PasswordPolicy['breached'] {
  const said = [everyone, ...rules]
    .filter(({ enabled }) => enabled)
    .map(({ password }) => password.breached)
  return strictness.find((one) => said.includes(one)) ?? 'off'
}
