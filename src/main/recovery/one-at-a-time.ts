/** Runs what it is given one after the other, in the order of the calls. */
export type OneAtATime = <T>(perform: () => Promise<T>) => Promise<T>

/** Makes a queue of its own. A call that fails does not stop the ones behind it. */
export function createOneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve()
  return (perform) => {
    const done = last.then(perform)
    last = done.catch(() => {})
    return done
  }
}
