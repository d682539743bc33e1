import type { Preparation, ProgressStep } from '../contract/journey-bridge.ts'

export type Phase = 'prepare-reset' | 'prepare-unlock' | Preparation['mode']

/** What is to be expected in each phase, in order. */
const expected: Record<Phase, readonly ProgressStep[]> = {
  'prepare-reset': ['finding_controller', 'planning'],
  'prepare-unlock': ['planning'],
  direct: ['preparing_account', 'setting_password', 'confirming'],
  relay: ['setting_password'],
  unlock: ['unlocking'],
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
  const steps = inOrder(expected[phase], reported)
  const now = Math.max(0, steps.lastIndexOf(reported.at(-1) ?? steps[0] ?? 'planning'))
  return steps.map((step, index) => ({
    step,
    state: index < now ? 'done' : index === now ? 'current' : 'waiting',
  }))
}

/** Puts what nobody expected where it happened. */
function inOrder(
  planned: readonly ProgressStep[],
  reported: readonly ProgressStep[],
): ProgressStep[] {
  const steps: ProgressStep[] = []
  let rest = planned
  for (const step of reported) {
    const position = rest.indexOf(step)
    if (position >= 0) {
      steps.push(...rest.slice(0, position + 1))
      rest = rest.slice(position + 1)
    } else if (!steps.includes(step)) steps.push(step)
  }
  return [...steps, ...rest]
}
