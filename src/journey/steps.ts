import { type ComponentType, lazy } from 'react'
import { AccountStep } from './account/AccountStep.tsx'
import type { Step } from './state.ts'
import type { StepProps } from './step.ts'

const later = () => import('./later.ts')
const password = () => import('./password/PasswordStep.tsx')
type Later = Awaited<ReturnType<typeof later>>

function fromLater<Name extends keyof Later>(name: Name) {
  return lazy(async () => ({ default: (await later())[name] as ComponentType<StepProps> }))
}

/** The walk, screen by screen. Only the first is there from the start. */
export const steps: Record<Step['at'], ComponentType<StepProps>> = {
  account: AccountStep,
  methods: fromLater('MethodsStep'),
  prove: fromLater('ProveStep'),
  preparing: fromLater('PreparingStep'),
  password: lazy(async () => ({ default: (await password()).PasswordStep })),
  writing: fromLater('WritingStep'),
  done: fromLater('DoneStep'),
  failure: fromLater('FailureStep'),
}

export const LeaveDialog = lazy(async () => ({ default: (await later()).LeaveDialog }))

/** Fetches what the user will need next, before it is needed. */
export function fetchAhead(at: Step['at']): void {
  if (at === 'account') void later().catch(() => undefined)
  if (at === 'prove') void password().catch(() => undefined)
}
