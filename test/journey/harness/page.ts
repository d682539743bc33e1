import { createScriptedBridge, type Script } from '../scripted-bridge.ts'

declare global {
  interface Window {
    /** Put there by the test before the page loads. */
    script?: Script
    scripted: ReturnType<typeof createScriptedBridge>
  }
}

// Runs before the renderer's own entry, which finds its bridge where preload would have put it.
window.scripted = createScriptedBridge(window.script)
Object.assign(window, { latchkey: window.scripted.bridge })
