/** Milliseconds. Nothing that takes long belongs into a transaction: others wait for it. */
const longestTransactionMs = 10_000

/**
 * Lets the calls of one transaction through while it lasts. A call that nobody awaited would
 * otherwise end up in somebody else's transaction, and one whose failure was swallowed would leave
 * half of the work to be committed.
 */
export function openGate() {
  const pending = new Set<Promise<unknown>>()
  let open = true
  let failure: { error: unknown } | null = null

  function pass<T>(call: () => Promise<T>): Promise<T> {
    if (!open) return Promise.reject(new Error('this transaction has ended'))
    const running = call()
    pending.add(running)
    running.then(
      () => pending.delete(running),
      (error) => {
        pending.delete(running)
        failure ??= { error }
      },
    )
    return running
  }

  return {
    /** The same object, with every method passing the gate. */
    guard<T extends object>(target: T): T {
      return new Proxy(target, {
        get(_, name) {
          const method = Reflect.get(target, name)
          if (typeof method !== 'function') return method
          return (...parameters: unknown[]) => pass(() => method.apply(target, parameters))
        },
      })
    },
    /** Runs the work and closes the gate behind it. @throws what kept any part of it from happening */
    async run<T>(work: () => Promise<T>): Promise<T> {
      const forgotten = new Error('a call of the store was not awaited')
      try {
        const value = await withinTime(work())
        if (pending.size > 0) throw forgotten
        if (failure !== null) throw failure.error
        return value
      } finally {
        open = false
        await Promise.allSettled(pending)
      }
    },
  }
}

function withinTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((settle, refuse) => {
    const late = () =>
      refuse(new Error(`a transaction took longer than ${longestTransactionMs} ms`))
    const timer = setTimeout(late, longestTransactionMs)
    work.finally(() => clearTimeout(timer)).then(settle, refuse)
  })
}
