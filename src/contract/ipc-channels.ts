/** Every verb that the renderer can ask of main, in one list without schemas: preload stays small. */
export const ipcVerbs = [
  'settings',
  'start',
  'challenge',
  'verify',
  'watch',
  'prepare',
  'checkLeaked',
  'setPassword',
  'unlock',
  'abandon',
  'leave',
] as const
export type IpcVerb = (typeof ipcVerbs)[number]

/** Channel names carry the product's prefix so that nothing else can be mistaken for them. */
export function ipcChannel(verb: IpcVerb | 'progress'): string {
  return `latchkey:${verb}`
}
