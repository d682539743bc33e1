import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { describe, expect, test } from 'vitest'
import { recordsAt, sha256 } from '../../../src/server/breached/format.ts'
import { createBreachedList } from '../../../src/server/breached/index.ts'
import { verifyIndex } from '../../../src/server/breached/open-index.ts'
import { hibpFile, listFolder, load, sha1 } from './lists.ts'

const words = Array.from({ length: 2_000 }, (_, index) => `word ${index}`)

async function loaded() {
  const folder = listFolder()
  const index = folder.path('index')
  await load(folder.put('hibp.txt', hibpFile(words)), index)
  return { ...folder, index }
}

function overwrite(path: string, position: number, bytes: Buffer): void {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, position)
  closeSync(file)
}

/** The header's own checksum fits again, as somebody who means harm would see to it. */
function reseal(path: string): void {
  const header = readFileSync(path).subarray(0, 4096)
  overwrite(path, 4096 - 32, sha256(header.subarray(0, 4096 - 32)))
}

describe('an index is refused, with a sentence', () => {
  test.each([
    ['is missing', (path: string) => rmSync(path), /does not exist\.$/],
    [
      'is something else',
      (path: string) => writeFileSync(path, 'word\n'.repeat(2_000)),
      /is not a list that/,
    ],
    ['is empty', (path: string) => truncateSync(path, 0), /ends too early/],
    ['is cut off', (path: string) => truncateSync(path, recordsAt + 20), /not as long as/],
    [
      'has more than it should',
      (path: string) => writeFileSync(path, Buffer.alloc(20), { flag: 'a' }),
      /not as long as/,
    ],
    [
      'has another version',
      (path: string) => overwrite(path, 16, Buffer.from([9])),
      /has version 9/,
    ],
    [
      'has a changed header',
      (path: string) => overwrite(path, 24, Buffer.from([9])),
      /header does not fit/,
    ],
    [
      'has a changed table',
      (path: string) => overwrite(path, 5_000, Buffer.from([9])),
      /table does not fit/,
    ],
    [
      'has a table whose checksum was mended',
      (path: string) => {
        overwrite(path, 5_000, Buffer.from([0xff, 0xff, 0xff]))
        overwrite(path, 64, sha256(readFileSync(path).subarray(4096, recordsAt)))
        reseal(path)
      },
      /table makes no sense/,
    ],
  ] as const)('that %s', async (_, spoil, sentence) => {
    const { index } = await loaded()
    spoil(index)
    const list = createBreachedList({ path: index, now: Date.now })
    for (const answer of [
      await list.includes('word 7'),
      await list.bucket('00000'),
      await list.check(),
    ]) {
      expect(answer).toEqual({ ok: false, error: { detail: expect.stringMatching(sentence) } })
    }
  })

  test('whose hashes lie in the wrong place, as soon as they are read', async () => {
    const { index } = await loaded()
    const bytes = readFileSync(index)
    overwrite(
      index,
      recordsAt,
      Buffer.from(bytes.subarray(recordsAt + 20 * 1000, recordsAt + 20 * 1001)),
    )
    const first = bytes
      .subarray(recordsAt, recordsAt + 3)
      .toString('hex')
      .slice(0, 5)
    const list = createBreachedList({ path: index, now: Date.now })
    expect(await list.bucket(first)).toMatchObject({
      error: { detail: expect.stringContaining('not where they belong') },
    })
  })

  test('whose hashes were changed in any byte, when all of it is looked at', async () => {
    const { index } = await loaded()
    await verifyIndex(index)
    const place = recordsAt + 20 * 700 + 19
    const byte = readFileSync(index).readUInt8(place)
    overwrite(index, place, Buffer.from([byte ^ 1]))
    await expect(verifyIndex(index)).rejects.toThrow(/records do not fit/)
  })
})

describe('while it is in use', () => {
  test('a new list is taken up by itself, one that breaks is refused, one that is mended is back', async () => {
    const { put, index } = await loaded()
    let now = 0
    const list = createBreachedList({ path: index, now: () => now })
    const includes = async (word: string) => {
      now += 10_000
      const found = await list.includes(word)
      return found.ok ? found.value : found.error.detail
    }
    expect(await includes('word 7')).toBe(true)
    await load(put('words.txt', 'other\n'), index)
    expect(await includes('word 7')).toBe(false)
    expect(await includes('other')).toBe(true)
    rmSync(index)
    expect(await includes('other')).toMatch(/does not exist/)
    await load(put('words.txt', 'third\n'), index)
    expect(await includes('third')).toBe(true)
    await list.close()
  })
})

describe('a bucket', () => {
  test('holds the hashes that begin alike, and enough random ones to be as long as any other', async () => {
    const { index } = await loaded()
    const list = createBreachedList({ path: index, now: Date.now })
    const digest = sha1('word 7')
    const found = await list.bucket(digest.slice(0, 5).toLowerCase())
    const empty = await list.bucket(emptyPrefix())
    if (!found.ok || !empty.ok) throw new Error('not found')
    expect(found.value.suffixes).toContain(digest.slice(5))
    expect(empty.value.suffixes).toEqual([])
    const length = (one: typeof found.value) => one.suffixes.length + one.padding.length
    expect(length(found.value)).toBe(length(empty.value))
    for (const one of [...found.value.padding, ...empty.value.padding]) {
      expect(one).toMatch(/^[0-9A-F]{35}$/)
    }
    expect(new Set(empty.value.padding).size).toBe(empty.value.padding.length)
  })

  function emptyPrefix(): string {
    const taken = new Set(words.map((word) => sha1(word).slice(0, 5)))
    for (let bucket = 0; ; bucket += 1) {
      const prefix = bucket.toString(16).toUpperCase().padStart(5, '0')
      if (!taken.has(prefix)) return prefix
    }
  }
})

describe('without a list of one’s own', () => {
  const shipped = createBreachedList({ path: null, now: Date.now })

  test('the one that ships is there, and says that it is small', async () => {
    expect(await shipped.check()).toMatchObject({ ok: true, value: { source: 'shipped' } })
    for (const common of ['password', '123456', 'qwertyuiop']) {
      expect(await shipped.includes(common)).toEqual({ ok: true, value: true })
    }
    for (const good of ['', 'Tulip-Anchor-Cedar-Marble-River-38', 'Password ']) {
      expect(await shipped.includes(good)).toEqual({ ok: true, value: false })
    }
  })

  test('its first and last buckets are found too', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    const sorted = [...dictionary['passwords-common']].map((word) => [
      sha1(String(word)),
      String(word),
    ])
    sorted.sort(([one = ''], [other = '']) => (one < other ? -1 : 1))
    for (const [, word = ''] of [...sorted.slice(0, 20), ...sorted.slice(-20)]) {
      expect(await shipped.includes(word)).toEqual({ ok: true, value: true })
    }
  })
})
