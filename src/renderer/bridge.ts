import { loadSettings } from '../journey/settings.ts'
import type { LatchkeyWindow } from '../preload/preload.ts'

declare global {
  interface Window extends LatchkeyWindow {}
}

export const bridge = window.latchkey

/** Asked for before anything else is evaluated, so that the answer is there when it is needed. */
export const settings = loadSettings(bridge)
