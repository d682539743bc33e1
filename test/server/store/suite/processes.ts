import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { verifyAudit } from '../../../../src/server/audit/verify.ts'
import { startChild } from '../child/start.ts'
import type { StoreUnderTest } from './engine.ts'

const everybody = Number.MAX_SAFE_INTEGER

export function processes(store: StoreUnderTest): void {
  test('four processes spend 200 identifiers once each, into one audit log', async () => {
    const children = Array.from({ length: 4 }, () => startChild('race.ts', store.config, '200'))
    await Promise.all(children.map((child) => child.printed(1)))
    for (const child of children) child.process.stdin?.write('go\n')
    const outputs = await Promise.all(children.map((child) => child.printed(2)))
    const won = outputs.flatMap(([, line]) => JSON.parse(line as string) as number[])
    const expected = Array.from({ length: 200 }, (_, index) => index)
    expect(won.sort((a, b) => a - b)).toEqual(expected)
    expect(await verifyAudit(store.stores[0].log)).toMatchObject({
      ok: true,
      value: { entries: 200 },
    })
  })

  test('a server that is killed among its commits loses none that it acknowledged', async () => {
    let total = 0
    for (let round = 0; round < 5; round += 1) {
      const child = startChild('commit-stream.ts', store.config, `round${round}-`)
      await child.printed(20)
      await pause(round * 17)
      await child.kill()
      const acknowledged = child.lines()
      total += acknowledged.length
      const lost = await store.run(async (tx) => {
        const missing = []
        for (const id of acknowledged) if ((await tx.recoveries.find(id)) === null) missing.push(id)
        return missing
      })
      expect(lost).toEqual([])
      // Whatever else was committed, each change has its entry, and each entry its change. A server may
      // still be committing for the dead, between one look and the other.
      await expect
        .poll(async () => {
          const changes = await store.run((tx) => tx.recoveries.findExpired(everybody, 1_000_000))
          expect(changes.length).toBeGreaterThanOrEqual(total)
          const log = await verifyAudit(store.stores[0].log)
          return log.ok ? log.value.entries - changes.length : log.error
        })
        .toBe(0)
    }
  })
}
