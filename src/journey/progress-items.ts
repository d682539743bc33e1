import type { Preparation, ProgressStep } from '../contract/journey-bridge.ts'

type Phase = 'preparing' | Preparation['mode']

/** What is to be expected in each phase, in order. */
const expected: Record<Phase, readonly ProgressStep[]> = {
  preparing: ['finding_controller', 'planning'],
  direct: ['connecting', 'preparing_account', 'setting_password', 'confirming'],
  relay: ['setting_password', 'confirming'],
  unlock: ['unlocking', 'confirming'],
}

export type ProgressLine = {
  readonly step: ProgressStep
  readonly state: 'done' | 'current' | 'waiting'
}

/**
 * The list to show while something is being done: what is expected, plus whatever else was reported.
 *
 * @param reported - in order of arrival; the last one is under way
 */
export function progressItems(phase: Phase, reported: readonly ProgressStep[]): ProgressLine[] {
  const planned = expected[phase]
  const surprises = reported.filter((step) => !planned.includes(step))
  const steps = [...surprises, ...planned]
  const now = Math.max(0, steps.indexOf(reported.at(-1) ?? steps[0] ?? 'connecting'))
  return steps.map((step, index) => ({
    step,
    state: index < now ? 'done' : index === now ? 'current' : 'waiting',
  }))
}
