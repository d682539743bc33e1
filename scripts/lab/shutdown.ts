const FORCE_AFTER_MS = 15_000
const WATCH_PARENT_MS = 500

/**
 * Runs `stop` when we are asked to end (Ctrl-C, SIGTERM, SIGHUP) or when the process that started
 * us is gone, and then exits. A terminal and npm both pass Ctrl-C on, so it may come several times.
 *
 * @returns how to take it back, for when everything has been stopped
 */
export function onShutdown(stop: () => Promise<unknown>): () => void {
  let ending = false
  const end = (code: number) => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(code), FORCE_AFTER_MS).unref()
    stop().finally(() => process.exit(code))
  }
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }
  const listeners = Object.entries(signals).map(([signal, code]) => {
    const listener = () => end(code)
    process.on(signal, listener)
    return () => process.off(signal, listener)
  })
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid !== parent) end(signals.SIGHUP)
  }, WATCH_PARENT_MS).unref()
  return () => {
    clearInterval(watch)
    for (const remove of listeners) remove()
  }
}
