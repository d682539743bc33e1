import type { JourneySettings } from '../contract/journey-bridge.ts'
import type { Walk } from './state.ts'
import type { Walker } from './walker.ts'

/** What every screen is given. */
export type StepProps = {
  readonly walk: Walk
  readonly walker: Walker
  readonly settings: JourneySettings
}
