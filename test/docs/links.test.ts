import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type RecoveryEvent, transition } from '../../src/server/domain/recovery-machine.ts'
import { allPages, fences, isThere, linkTargets, namedPaths, page, root } from './markdown.ts'

const pages = allPages()
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

test('there are pages to look at', () => {
  expect(pages.map(({ path }) => path)).toContain('docs/guide-for-it.md')
  expect(pages.flatMap(linkTargets).length).toBeGreaterThan(20)
  expect(pages.flatMap(namedPaths).length).toBeGreaterThan(20)
})

describe.each(pages.map((one) => [one.path, one] as const))('%s', (_, one) => {
  test('links to nothing that is not there', () => {
    expect(linkTargets(one).filter((target) => !isThere(target))).toEqual([])
  })

  test('names no path that is not there', () => {
    expect(namedPaths(one).filter((path) => !isThere(path))).toEqual([])
  })

  test('names no npm script that is not there', () => {
    const named = [...one.text.matchAll(/npm run ([a-z-]+)/g)].map(([, script]) => script)
    expect(named.filter((script) => script && !(script in manifest.scripts))).toEqual([])
  })
})

test('every decision says what was rejected', () => {
  const decisions = pages.filter(({ path }) => path.startsWith('docs/adr/'))
  expect(decisions.length).toBeGreaterThan(5)
  const silent = decisions.filter(({ text }) => !/Status: \w+/.test(text) || !/Rejected/.test(text))
  expect(silent.map(({ path }) => path)).toEqual([])
})

test('every dependency has its reason', () => {
  const { text } = page('docs/adr/0012-dependencies.md')
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
})

test('the drawing of a recovery’s states is what the program does', () => {
  const events = {
    ...{ enough_proofs: 0, too_many_failures: 0, plan: 0, commit_intended: 0, commit_resumed: 0 },
    ...{ commit_confirmed: 0, commit_refused: 0, another_commit_refused: 0 },
    ...{ password_confirmed: 0, unlocked: 0, abandon: 0, expire: 0 },
  } satisfies Record<RecoveryEvent, number>
  const real = (Object.keys(events) as RecoveryEvent[])
    .map(transition)
    .flatMap(({ from, to }) => from.map((state) => `${state} --> ${to}`))
  const [drawing = ''] = fences(page('docs/architecture.md'), 'mermaid').filter((one) =>
    one.startsWith('stateDiagram'),
  )
  const arrows = [...drawing.matchAll(/(\w+) --> (\w+)/g)]
  const inside = /state open \{([\s\S]*?)\}/.exec(drawing)?.[1] ?? ''
  const open = new Set([...inside.matchAll(/(\w+) --> (\w+)/g)].flatMap(([, a, b]) => [a, b]))
  const drawn = arrows.flatMap(([, from, to]) =>
    (from === 'open' ? [...open] : [from]).map((state) => `${state} --> ${to}`),
  )
  expect([...new Set(drawn)].sort()).toEqual([...new Set(real)].sort())
})
