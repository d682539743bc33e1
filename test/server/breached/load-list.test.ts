import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBreachedList } from '../../../src/server/breached/index.ts'
import { loadList, unfinishedName } from '../../../src/server/breached/load-list.ts'
import { verifyIndex } from '../../../src/server/breached/open-index.ts'
import { hibpFile, listFolder, load, sha1 } from './lists.ts'

const some = ['Summer2024!', 'Passwort1', 'correct horse battery staple', 'Grüße aus Köln']

function listAt(path: string) {
  return createBreachedList({ path, now: Date.now })
}

async function includes(path: string, password: string): Promise<boolean> {
  const found = await listAt(path).includes(password)
  if (!found.ok) throw new Error(found.error.detail)
  return found.value
}

describe('a file is refused, and the list in use stays as it was', () => {
  const ordered = hibpFile(some)
  const [first = '', second = '', ...others] = ordered.split('\r\n')
  test.each([
    ['out of order', [second, first, ...others].join('\r\n'), /order of its hashes \(line 2\)/],
    ['of NTLM hashes', `${'A'.repeat(32)}:7\r\n`, /holds NTLM hashes/],
    ['with a line that is none', `${first}\r\nhello\r\n`, /in line 2/],
    ['with a count that is none', `${first.slice(0, 41)}x\r\n`, /in line 1/],
    ['with a hash cut short', `${first}\r\n${second.slice(0, 39)}`, /in line 2/],
    ['with a colon and nothing', `${first.slice(0, 41)}\r\n`, /in line 1/],
    ['without any line', '', /is empty/],
    ['without an end of line in it', 'A'.repeat(3_000_000), /in line 1/],
  ])('%s', async (_, content, sentence) => {
    const { put, path } = listFolder()
    await load(put('good.txt', 'known\n'), path('index'), 'words')
    await expect(load(put('bad.txt', content), path('index'), 'hibp')).rejects.toThrow(sentence)
    expect(await includes(path('index'), 'known')).toBe(true)
    expect(existsSync(unfinishedName(path('index')))).toBe(false)
  })

  test('that broke off, or has a hole in it', async () => {
    const { put, path } = listFolder()
    // 200 for each of the first five digits' first two: enough to miss some.
    const hashes = Array.from({ length: 50_000 }, (_, index) => sha1(`word ${index}`)).sort()
    const lines = (kept: readonly string[]) => kept.map((one) => `${one}:1\n`).join('')
    const half = put('half.txt', lines(hashes.slice(0, 25_000)))
    await expect(load(half, path('index'))).rejects.toThrow(
      /not complete.*FFFFF; download it again/,
    )
    const hole = hashes.filter((one) => !one.startsWith('A7'))
    await expect(load(put('hole.txt', lines(hole)), path('index'))).rejects.toThrow(
      /begins with A6\w{3} to A8\w{3}/,
    )
    expect(await load(put('whole.txt', lines(hashes)), path('index'))).toMatchObject({
      count: 50_000,
    })
  })

  test('that is no list of hashes although it looks like one', async () => {
    const { put, path } = listFolder()
    const alike = Array.from(
      { length: 6_001 },
      (_, index) => `ABCDE${index.toString(16).toUpperCase().padStart(35, '0')}:1\n`,
    )
    await expect(load(put('alike.txt', alike.join('')), path('index'))).rejects.toThrow(
      /thousands of hashes that begin alike/,
    )
  })

  test('while another load is under way; one that was given up is begun anew', async () => {
    const { put, path } = listFolder()
    const from = put('words.txt', 'known\n')
    const unfinished = unfinishedName(path('index'))
    writeFileSync(unfinished, 'half of it')
    const now = Date.now()
    const again = () =>
      loadList({ from, to: path('index'), format: null, now: () => now, onProgress: () => {} })
    await expect(again()).rejects.toThrow(/another load writes to/)
    expect(existsSync(unfinished)).toBe(true)
    utimesSync(unfinished, new Date(now - 120_000), new Date(now - 120_000))
    expect(await again()).toMatchObject({ count: 1 })
  })

  test('that is not there', async () => {
    const { path } = listFolder()
    await expect(load(path('missing.txt'), path('index'))).rejects.toThrow(/ENOENT/)
    expect(existsSync(unfinishedName(path('index')))).toBe(false)
  })
})

describe('a list of hashes', () => {
  test.each(['\r\n', '\n'])('finds what is in it, and nothing else (%j)', async (lineEnd) => {
    const { put, path } = listFolder()
    const header = await load(put('hibp.txt', hibpFile(some, lineEnd)), path('index'))
    expect(header).toMatchObject({ source: 'hibp', count: some.length, loadedAt: 1_000_000 })
    for (const password of some) expect(await includes(path('index'), password)).toBe(true)
    for (const password of ['', 'summer2024!', 'Summer2024', 'Passwort1 ']) {
      expect(await includes(path('index'), password)).toBe(false)
    }
    await verifyIndex(path('index'))
  })

  test('may lack counts, the last end of line, and capitals; the same hash twice counts once', async () => {
    const { put, path } = listFolder()
    const [first = '', ...others] = some.map((one) => sha1(one).toLowerCase()).sort()
    const lines = [first, first, ...others].join('\n')
    expect(await load(put('bare.txt', lines), path('index'))).toMatchObject({ count: some.length })
    expect(await includes(path('index'), 'Passwort1')).toBe(true)
  })

  test('may be longer than a chunk: lines that are cut by its edge are whole again', async () => {
    const { put, path } = listFolder()
    const words = Array.from({ length: 60_000 }, (_, index) => `chunk ${index}`)
    const from = put('long.txt', hibpFile(words))
    expect(statSync(from).size).toBeGreaterThan(2 * 1024 * 1024)
    expect(await load(from, path('index'))).toMatchObject({ count: words.length })
    const list = listAt(path('index'))
    for (const word of words.slice(0, 500)) {
      expect(await list.includes(word)).toEqual({ ok: true, value: true })
    }
    await list.close()
  })
})

describe('a list of words', () => {
  test('may be in any order, with repetitions, empty lines and a byte order mark', async () => {
    const { put, path } = listFolder()
    const content = `\uFEFFzebra\r\nGrüße aus Köln\n\nalpha\nzebra\n${'x'.repeat(5_000)}\n last`
    const header = await load(put('words.txt', content), path('index'))
    expect(header).toMatchObject({ source: 'words', count: 4 })
    for (const word of ['zebra', 'Grüße aus Köln', 'alpha', ' last']) {
      expect(await includes(path('index'), word)).toBe(true)
    }
    expect(await includes(path('index'), 'last')).toBe(false)
    expect(await includes(path('index'), '')).toBe(false)
  })

  test('gives the same index whatever memory there is', async () => {
    const { put, path } = listFolder()
    const words = Array.from({ length: 20_000 }, (_, index) => `word ${index % 15_000}`)
    const from = put('words.txt', words.join('\n'))
    await load(from, path('roomy'), 'words', 1e8)
    // A dozen readings of the file.
    await load(from, path('tight'), 'words', 30_000)
    expect(readFileSync(path('tight')).equals(readFileSync(path('roomy')))).toBe(true)
    await load(put('hibp.txt', hibpFile([...new Set(words)])), path('hashes'))
    const records = (name: string) => readFileSync(path(name)).subarray(4096)
    expect(records('hashes').equals(records('tight'))).toBe(true)
  })

  test('finds exactly its words', async () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter(isOneLine)
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(word, { minLength: 1, maxLength: 30 }),
        word,
        async (all, one) => {
          const { put, path } = listFolder()
          await load(put('words.txt', `${all.join('\n')}\n`), path('index'), 'words')
          const list = listAt(path('index'))
          for (const each of all)
            expect(await list.includes(each)).toEqual({ ok: true, value: true })
          expect(await list.includes(one)).toEqual({ ok: true, value: all.includes(one) })
          await list.close()
        },
      ),
      { numRuns: 6 },
    )
  })
})

/** Half a surrogate pair becomes something else in UTF-8. */
function isOneLine(text: string): boolean {
  return !/[\r\n\uFEFF\p{Surrogate}]/u.test(text)
}
