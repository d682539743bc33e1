import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { ipcChannel } from '../contract/ipc-channels.ts'
import type { JourneyBridge, JourneySettings, ProgressStep } from '../contract/journey-bridge.ts'

/**
 * Asked for before the page has been parsed, so that its first screen need not wait. Not by the empty
 * document that a window may start with: main answers only our own page.
 */
const settings: Promise<JourneySettings> =
  location.protocol === 'https:'
    ? ipcRenderer.invoke(ipcChannel('settings'))
    : Promise.reject(new Error('There is no page here that main would answer'))
// The page hears of a refusal when it asks.
settings.catch(() => {})

/**
 * SECURITY: named verbs only. The page never gets hold of `invoke`, of a channel name or of an IPC
 * event; what it sends is parsed by main.
 */
const bridge: JourneyBridge = {
  settings: () => settings,
  start: (request) => ipcRenderer.invoke(ipcChannel('start'), request),
  challenge: (methodId) => ipcRenderer.invoke(ipcChannel('challenge'), methodId),
  verify: (methodId, proof) => ipcRenderer.invoke(ipcChannel('verify'), methodId, proof),
  watch: () => ipcRenderer.invoke(ipcChannel('watch')),
  prepare: () => ipcRenderer.invoke(ipcChannel('prepare')),
  checkLeaked: (password) => ipcRenderer.invoke(ipcChannel('checkLeaked'), password),
  setPassword: (newPassword) => ipcRenderer.invoke(ipcChannel('setPassword'), newPassword),
  unlock: () => ipcRenderer.invoke(ipcChannel('unlock')),
  abandon: () => ipcRenderer.invoke(ipcChannel('abandon')),
  leave: () => ipcRenderer.invoke(ipcChannel('leave')),
  onProgress(listener) {
    const forward = (_event: IpcRendererEvent, step: ProgressStep) => listener(step)
    ipcRenderer.on(ipcChannel('progress'), forward)
    return () => {
      ipcRenderer.off(ipcChannel('progress'), forward)
    }
  },
}

contextBridge.exposeInMainWorld('latchkey', bridge)

/** What this script adds to the page's `window`. */
export type LatchkeyWindow = { readonly latchkey: typeof bridge }
