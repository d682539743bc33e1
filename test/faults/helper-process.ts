/**
 * A helper as a process of its own, to be killed. It is told everything in its one argument, proves,
 * says so, and writes once it is told to.
 */
import { once } from 'node:events'
import { createHelper, type HelperOptions, proveTo, write } from './helper.ts'

export type HelperTask = HelperOptions & { account: string; code: string; password: string }

if (process.argv[2] !== undefined) {
  const task = JSON.parse(process.argv[2]) as HelperTask
  const helper = createHelper(task)
  await proveTo(helper, task.account, task.code)
  console.log('proven')
  await once(process.stdin, 'data')
  const written = await write(helper, task.password)
  console.log(`written ${JSON.stringify(written)}`)
  process.exit(0)
}
