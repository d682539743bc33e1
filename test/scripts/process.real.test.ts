import { spawn, spawnSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { type RunningProcess, startProcess } from '../../scripts/lab/process.ts'

let started: RunningProcess | undefined

afterEach(async () => {
  await started?.stop()
  started = undefined
})

const shell = (script: string, more = {}) =>
  startProcess({ name: 'shell', command: 'sh', args: ['-c', script], ...more })

const isAlive = (pid: number) => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout !== '' && !stdout.startsWith('Z')
}

describe('a process of the lab', () => {
  it('that does not exist is named', async () => {
    const starting = startProcess({ name: 'Ghost', command: '/no/such/program', args: [] })
    const problem = starting.then((ghost) => ghost.waitForOutput(/ready/, 5_000))
    await expect(problem).rejects.toThrow('Ghost')
  })

  it('that ends before it is ready shows its last words', async () => {
    started = await shell('echo no licence; exit 3')
    await expect(started.waitForOutput(/ready/, 5_000)).rejects.toThrow(
      /ended at once.*no licence/s,
    )
    expect(await started.exited).toEqual({ code: 3, signal: null })
  })

  it('that is never ready is given up', async () => {
    started = await shell('echo starting; sleep 60')
    await expect(started.waitForOutput(/ready/, 300)).rejects.toThrow(/not ready after 300 ms/)
  })

  it('ends with everything that it started', async () => {
    started = await shell('sleep 60 & echo child $!; wait')
    const child = Number((await started.waitForOutput(/child \d+\n/, 5_000)).split(' ')[1])
    await started.stop()
    await expect.poll(() => isAlive(child), { timeout: 3_000 }).toBe(false)
  })

  it('takes along what outlives its own end', async () => {
    started = await shell('sh -c \'trap "" TERM; sleep 60 & echo child $!; wait\' & wait')
    const child = Number((await started.waitForOutput(/child \d+\n/, 5_000)).split(' ')[1])
    await started.stop()
    await expect.poll(() => isAlive(child), { timeout: 3_000 }).toBe(false)
  })

  it('ends by force when it does not listen', async () => {
    started = await shell('trap "" TERM; echo ready; while :; do sleep 1; done', {
      stopTimeoutMs: 300,
    })
    await started.waitForOutput(/ready/, 5_000)
    await started.stop()
    expect(await started.exited).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it('ends when we are killed outright', async () => {
    const module = new URL('../../scripts/lab/process.ts', import.meta.url).href
    const script = `
      const { startProcess } = await import(${JSON.stringify(module)})
      const child = await startProcess({ name: 'x', command: 'sleep', args: ['60'] })
      console.log(child.pid)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script])
    const pid = await new Promise<number>((settle) => {
      parent.stdout.once('data', (text) => settle(Number(text)))
    })
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 3_000 }).toBe(false)
  })
})
